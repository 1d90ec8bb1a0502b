// What must hold on every page of every test: no message in the console, no exception, no failed request, no
// Content-Security-Policy report, no injected script that ran. A test allows the messages that it provokes itself.
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import { BrowserContext, Page, expect } from "@playwright/test";

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// Chromium's own remarks, which say nothing about the page.
const BROWSER_NOISE = [/was preloaded using link preload but not used/, /Autofill/];

declare global {
  interface Window {
    /** Set as soon as the wasm has run and the islands are hydrated. */
    keyhatchHydrated?: boolean;
    /** What every injected script of the tests would call. */
    injectedScriptRan?: (where?: string) => void;
  }
}

function instrumentPage(): void {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP report: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  window.injectedScriptRan = (where) => console.error(`an injected script ran: ${where}`);
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const instance = await instantiate(...args);
    // The islands hydrate in the microtasks that follow, before any timer.
    setTimeout(() => (window.keyhatchHydrated = true));
    return instance;
  };
}

export class PageChecks {
  private readonly problems: string[] = [];
  private isStopped = false;
  private readonly allowed: RegExp[] = [...BROWSER_NOISE];
  /** How the browser's prompt before leaving a page with unsaved changes is answered. */
  acceptsLeaving = true;
  /** How often that prompt was shown. */
  leavePrompts = 0;

  static async watch(context: BrowserContext): Promise<PageChecks> {
    const checks = new PageChecks();
    await context.addInitScript(instrumentPage);
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        checks.report(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => checks.report(`exception: ${error.error().stack ?? error.error()}`));
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText;
      // Navigation aborts the requests of the page that is left.
      if (reason !== "net::ERR_ABORTED") checks.report(`request failed: ${request.method()} ${request.url()} ${reason}`);
    });
    context.on("dialog", (dialog) => {
      if (dialog.type() === "alert") checks.report(`an injected script ran: alert ${dialog.message()}`);
      if (dialog.type() === "beforeunload") checks.leavePrompts++;
      const handled = checks.acceptsLeaving ? dialog.accept() : dialog.dismiss();
      void handled.catch(() => undefined);
    });
    return checks;
  }

  /** Messages that the test provokes on purpose. */
  allow(...messages: RegExp[]): void {
    this.allowed.push(...messages);
  }

  /** Before the servers stop: requests that fail from now on are not the page's fault. */
  stop(): void {
    this.isStopped = true;
  }

  /** Removes and returns the problems found so far, which then count as expected. */
  drain(): string[] {
    return this.problems.splice(0);
  }

  expectNone(): void {
    expect(this.problems, "console errors, exceptions, failed requests, CSP reports").toEqual([]);
  }

  private report(problem: string): void {
    if (!this.isStopped && !this.allowed.some((message) => message.test(problem))) this.problems.push(problem);
  }
}

/** Lets no wasm arrive in this page, as on a line that is too slow for it. */
export async function blockWasm(page: Page, pageChecks: PageChecks): Promise<void> {
  pageChecks.allow(/\.wasm/, /ERR_FAILED/, /Failed to fetch/);
  await page.route(/\.wasm(\?.*)?$/, (route) => route.abort());
}

/** Waits until the islands handle events without navigation. */
export async function waitForHydration(page: Page): Promise<void> {
  await page.waitForFunction(() => window.keyhatchHydrated === true);
}

/** Waits until a change of width or colors is painted and its transitions have finished. */
async function waitForPaint(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const deadline = performance.now() + 2_000;
    const nextFrame = () => new Promise((next) => requestAnimationFrame(next));
    await nextFrame();
    // An inherited color starts the transitions of the children only when that of the parent has finished. Bounded,
    // because an animation that repeats forever never finishes.
    do await nextFrame();
    while (document.getAnimations().length > 0 && performance.now() < deadline);
  });
}

/** No horizontal scrolling: not on the page, not in an open dialog, not in an open popover. */
export async function expectNoWiderThanScreen(page: Page): Promise<void> {
  await waitForPaint(page);
  const tooWide = await page.evaluate(() => {
    const scrollsVertically = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowY);
    // A row of tabs and code scroll sideways by themselves.
    const inDialogs = [...document.querySelectorAll("dialog[open] *:not(.tabs, pre)")].filter(scrollsVertically);
    const boxes = [document.documentElement, ...document.querySelectorAll("dialog[open], [popover]:popover-open"), ...inDialogs];
    const overflowing = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className || box.tagName);
    // A row that scrolls by itself, such as the tabs on a phone, may be longer than the screen; the row itself may not.
    const scrollsSideways = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const isInRow = (element: Element): boolean => {
      const parent = element.parentElement;
      return !!parent && parent !== document.body && (scrollsSideways(parent) || isInRow(parent));
    };
    const outside = [...document.body.querySelectorAll("*")]
      // Text that its cell cuts off with an ellipsis is as long as it is.
      .filter((element) => element.checkVisibility() && !element.closest(".skip, pre") && getComputedStyle(element).display !== "inline")
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !isInRow(element))
      .map((element) => `${Math.round(element.getBoundingClientRect().right)}: ${element.outerHTML.slice(0, 120)}`);
    return [...overflowing, ...outside];
  });
  expect(tooWide, `wider than the screen of ${page.viewportSize()?.width}, ${page.url()}`).toEqual([]);
}

/** Runs axe over the whole page, dark and light: no serious or critical violation. */
export async function expectAccessible(page: Page, exceptRules: string[] = []): Promise<void> {
  // axe runs inside the page, which takes a tenth of the time of `@axe-core/playwright`; it would not see into frames.
  expect(page.frames(), "the page has no frames").toHaveLength(1);
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await waitForPaint(page);
    const violations = (await runAxe(page)).filter(({ id }) => !exceptRules.includes(id));
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const named = serious.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`);
    expect(named, `axe, ${colorScheme}, ${page.url()}`).toEqual([]);
  }
}

async function runAxe(page: Page): Promise<AxeResults["violations"]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    // The one rule of WCAG 2.2 AA, which axe leaves out unless it is asked for.
    return (await axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })).violations;
  });
}
