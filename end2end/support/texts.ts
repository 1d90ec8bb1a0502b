// The texts of the console as its catalogue has them, so that a test does not repeat a translation.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The texts of a language by id; a text of several lines with its line breaks. */
export function readTexts(language: string): Map<string, string> {
  const source = readFileSync(join(__dirname, `../../crates/i18n/locales/${language}.ftl`), "utf8");
  const texts = new Map<string, string>();
  let id = "";
  for (const line of source.split("\n")) {
    const start = /^([a-z_]+-[a-z0-9_]+) =\s?(.*)$/.exec(line);
    if (start) {
      id = start[1];
      texts.set(id, start[2]);
    } else if (id && /^\s+\S/.test(line)) texts.set(id, `${texts.get(id)}\n${line.trim()}`);
    else if (line.trim()) id = "";
  }
  return texts;
}

/** A keyhatch.toml in which every text stands in brackets: whatever is on a page without them is not from the catalogue. */
export function bracketedTexts(): string {
  const areas = new Map<string, string[]>();
  for (const [id, text] of readTexts("en")) {
    const [area, name] = id.split("-");
    const lines = areas.get(area) ?? [];
    areas.set(area, lines);
    lines.push(`${name} = ${JSON.stringify(`⟦${text.trim()}⟧`)}`);
  }
  return [...areas].map(([area, lines]) => `[text.${area}]\n${lines.join("\n")}\n`).join("\n");
}
