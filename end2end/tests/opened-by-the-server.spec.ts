// Dialogs that the server renders open: the response is always complete, whichever thread rendered it.
import { keysPath } from "../support/screen";
import { expect, test } from "../support/test";

test("a page with an open dialog is always complete", async ({ page, keyhatch, signedIn }) => {
  const { id } = await keyhatch.createKey(signedIn.id, "Warehouse sync");
  for (const place of ["add", ...["edit", "rotate", "disable", "test", "delete"].map((dialog) => `${dialog}=${id}`)]) {
    const pages = Array.from({ length: 80 }, () => page.request.get(`${keyhatch.url}${keysPath}?${place}`).then((answer) => answer.text()));
    for (const text of await Promise.all(pages)) expect(text).toMatch(/<dialog[\s\S]*<\/dialog>[\s\S]*<\/html>/);
  }
  expect(keyhatch.log).not.toContain("panic");
});
