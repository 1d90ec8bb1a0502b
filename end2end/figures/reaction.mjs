// How quickly an unthrottled browser with a warm cache reacts: opening the slider, and typing into the whitelist.
import { addKey } from "./cold.mjs";
import { waitForHydration } from "./keyhatch.mjs";

const OPENINGS = 5;
const KEYS_TYPED = 30;

/** Runs in the page: from the click, which may be in the page before, to the frame in which the slider stands. */
function watchOpening() {
  const now = () => performance.timeOrigin + performance.now();
  addEventListener("click", (event) => sessionStorage.setItem("clicked", String(performance.timeOrigin + event.timeStamp)), true);
  const look = () => {
    if (document.querySelector("dialog[open]")?.checkVisibility()) {
      const clicked = Number(sessionStorage.getItem("clicked"));
      // The frame is painted when the next task runs.
      return requestAnimationFrame(() => setTimeout(() => (window.openingTook = now() - clicked)));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Milliseconds from the click on *Add Key* to the first frame with the slider. */
export async function measureOpening(browser, keyhatch) {
  const page = await keyhatch.openPage(browser);
  await page.addInitScript(watchOpening);
  const times = [];
  for (let n = 0; n <= OPENINGS; n++) {
    await page.goto(keyhatch.list, { waitUntil: "networkidle" });
    await addKey(page).click();
    times.push(await (await page.waitForFunction(() => window.openingTook)).jsonValue());
  }
  await page.context().close();
  // The first one fills the cache.
  return { slider_opening_ms: times.slice(1) };
}

/** Runs in the page: from each key to the frame that shows it. */
function watchKeys() {
  window.keyTimes = [];
  const onKey = (event) => {
    const painted = () => window.keyTimes.push(performance.now() - event.timeStamp);
    requestAnimationFrame(() => setTimeout(painted));
  };
  addEventListener("keydown", onKey, true);
}

/** Milliseconds from each key that is typed below `entries` lines to the next frame. */
export async function measureTyping(browser, keyhatch, entries) {
  const page = await keyhatch.openPage(browser);
  await page.goto(keyhatch.list, { waitUntil: "networkidle" });
  await addKey(page).click();
  const area = page.locator("dialog[open] textarea").first();
  await area.waitFor();
  await page.waitForLoadState("networkidle");
  await waitForHydration(page);
  await area.fill(Array.from({ length: entries - 1 }, (_, n) => `10.${n >> 8}.${n & 255}.1`).join("\n") + "\n");
  await area.press("Control+End");
  await page.evaluate(watchKeys);
  for (const key of "203.0.113.200,".repeat(3).slice(0, KEYS_TYPED).replaceAll(",", "\n")) {
    await page.keyboard.press(key === "\n" ? "Enter" : key);
    await page.waitForTimeout(30);
  }
  const times = await page.evaluate(() => window.keyTimes);
  await page.context().close();
  return { [`typing_${entries}_entries_ms`]: times };
}
