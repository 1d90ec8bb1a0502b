// `make page-figures`: what the pages weigh and how quickly they react, in Chromium. One line each:
// `bench <name> <number> <unit>`, the median of all rounds. No number is judged here.
//
//   node end2end/figures/main.mjs [binary…]
//
// Several binaries take turns in each round, so that a busy machine slows all of them; their numbers stand in one line, in
// the order of the binaries. Without an argument it measures the release build of this folder.
import { chromium } from "@playwright/test";
import { resolve } from "node:path";
import { measureColdList, measureInteractiveList, measureSliderByAddKey, measureSliderByUrl } from "./cold.mjs";
import { Keyhatch } from "./keyhatch.mjs";
import { measureOpening, measureTyping } from "./reaction.mjs";

const root = resolve(import.meta.dirname, "../..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const given = process.argv.slice(2).map((path) => resolve(path));
const programs = given.length > 0 ? given : [resolve(target, "release/keyhatch")];
const rounds = Number(process.env.ROUNDS ?? 7);

/** Each measures once and returns numbers by name, a list where one measurement has many. */
const measurements = [
  measureColdList,
  measureInteractiveList,
  measureSliderByAddKey,
  measureSliderByUrl,
  measureOpening,
  (browser, keyhatch) => measureTyping(browser, keyhatch, 50),
  (browser, keyhatch) => measureTyping(browser, keyhatch, 500),
];

function percentile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

const unitOf = (name) => /_(ms|kib|bytes)(?=_|$)/.exec(name)?.[1].replace("kib", "KiB") ?? "1";

function report(name, perProgram) {
  const print = (name, part) => {
    const numbers = perProgram.map((numbers) => percentile(numbers, part).toFixed(3));
    console.log(`bench ${name} ${numbers.join(" ")} ${unitOf(name)}`);
  };
  print(name, 0.5);
  if (name.startsWith("typing_")) print(`${name}_p95`, 0.95);
  if (process.env.SPREAD) perProgram.forEach((numbers, at) => console.log(`  ${at + 1}: ${percentile(numbers, 0).toFixed(3)} to ${percentile(numbers, 1).toFixed(3)}`));
}

async function measureAll(browser, keyhatches, measure) {
  const found = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const [at, keyhatch] of keyhatches.entries()) {
      for (const [name, numbers] of Object.entries(await measure(browser, keyhatch))) {
        if (!found.has(name)) found.set(name, keyhatches.map(() => []));
        found.get(name)[at].push(...[numbers].flat());
      }
    }
  }
  for (const [name, perProgram] of found) report(name, perProgram);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const keyhatches = [];
try {
  for (const program of programs) keyhatches.push(await Keyhatch.start(program, browser));
  for (const measure of measurements) await measureAll(browser, keyhatches, measure);
} finally {
  await browser.close();
  for (const keyhatch of keyhatches) await keyhatch.stop();
}
