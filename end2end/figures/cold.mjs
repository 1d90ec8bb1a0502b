// First visits with an empty cache: the list unthrottled for its bytes, then list and slider as on a phone, until they react.
import { ENTRIES_MAX, waitForHydration } from "./keyhatch.mjs";

/** Chromium's preset "Fast 3G", in bytes a second and milliseconds. */
const FAST_3G = { offline: false, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9, latency: 562.5 };
const CPU_SLOWDOWN = 4;

/** Measures in a page of its own, in which `script` runs before everything else. */
async function inNewPage(browser, keyhatch, script, measure) {
  const page = await keyhatch.openPage(browser);
  try {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Network.enable");
    if (script) await page.addInitScript(script);
    return await measure(page, cdp);
  } finally {
    await page.context().close();
  }
}

async function throttle(cdp) {
  await cdp.send("Network.emulateNetworkConditions", FAST_3G);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
}

/** Bytes and requests of the list, and its HTML before compression. */
export function measureColdList(browser, keyhatch) {
  return inNewPage(browser, keyhatch, undefined, async (page, cdp) => {
    let bytes = 0;
    let requests = 0;
    cdp.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests++;
    });
    const response = await page.goto(keyhatch.list, { waitUntil: "networkidle" });
    const html = await response.body();
    return { list_kib: bytes / 1024, list_requests: requests, list_html_kib: html.length / 1024 };
  });
}

/** Runs in the page: largest paint, layout shifts, and when the menu of a row opens for the first time. */
function watchList() {
  const found = (window.figures = { lcp: 0, shift: 0, menu: 0 });
  const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("largest-contentful-paint", (entry) => (found.lcp = entry.startTime));
  observe("layout-shift", (entry) => (found.shift += entry.value));
  const isOpen = () => [...document.querySelectorAll("[role=menuitem]")].some((item) => item.checkVisibility());
  // Frames begin when the page can be painted. In the top layer, the open menu moves nothing.
  const openMenu = () => {
    if (!isOpen()) document.querySelector("table [aria-label^='Actions for']")?.click();
    if (isOpen()) found.menu = performance.now();
    else requestAnimationFrame(openMenu);
  };
  requestAnimationFrame(openMenu);
}

export function measureInteractiveList(browser, keyhatch) {
  return inNewPage(browser, keyhatch, watchList, async (page, cdp) => {
    await throttle(cdp);
    await page.goto(keyhatch.list, { waitUntil: "networkidle" });
    await page.waitForFunction(() => window.figures.menu);
    const hydratedAt = await (await waitForHydration(page)).jsonValue();
    const { lcp, shift, menu } = await page.evaluate(() => window.figures);
    return { list_lcp_ms: lcp, list_layout_shift: shift, list_menu_ms: menu, list_hydrated_ms: hydratedAt };
  });
}

/** Runs in the page: types into the whitelist until its counter says that this was seen. */
function typeUntilCounted(counted) {
  const timer = setInterval(() => {
    const area = document.querySelector("dialog[open] textarea");
    if (!area || !document.body) return;
    if (area.closest("dialog").textContent.includes(counted)) {
      window.reactedAt = Date.now();
      return clearInterval(timer);
    }
    area.value = `203.0.113.${Math.floor(Math.random() * 200)}`;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, 25);
}
const typing = `(${typeUntilCounted})("1 of ${ENTRIES_MAX}")`;

const waitForReaction = async (page) => (await page.waitForFunction(() => window.reactedAt)).jsonValue();

/** From the list, which has loaded everything, by *Add Key*. */
export function measureSliderByAddKey(browser, keyhatch) {
  return inNewPage(browser, keyhatch, typing, async (page, cdp) => {
    await throttle(cdp);
    await page.goto(keyhatch.list, { waitUntil: "networkidle" });
    await waitForHydration(page);
    const began = Date.now();
    await addKey(page).click({ noWaitAfter: true });
    return { slider_by_add_key_ms: (await waitForReaction(page)) - began };
  });
}

/** By its URL, as from a bookmark. */
export function measureSliderByUrl(browser, keyhatch) {
  return inNewPage(browser, keyhatch, typing, async (page, cdp) => {
    const url = await urlOfSlider(browser, keyhatch);
    await throttle(cdp);
    let bytes = 0;
    cdp.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    const began = Date.now();
    await page.goto(url, { waitUntil: "commit" });
    const reacted = await waitForReaction(page);
    await page.waitForLoadState("networkidle");
    return { slider_by_url_ms: reacted - began, slider_kib: bytes / 1024 };
  });
}

export const addKey = (page) => page.getByRole("link", { name: "Add Key" }).or(page.getByRole("button", { name: "Add Key" })).filter({ visible: true }).first();

async function urlOfSlider(browser, keyhatch) {
  keyhatch.slider ??= await inNewPage(browser, keyhatch, undefined, async (page) => {
    await page.goto(keyhatch.list, { waitUntil: "networkidle" });
    await addKey(page).click();
    await page.locator("dialog[open] textarea").waitFor();
    return page.url();
  });
  return keyhatch.slider;
}
