// What must hold on every page of every test: no message in the console, no exception, no failed request, no report
// of the Content-Security-Policy, no injected script that ran. A test names the messages that it provokes itself.
import AxeBuilder from "@axe-core/playwright";
import { BrowserContext, Page, expect } from "@playwright/test";

// Chromium's own remarks, which say nothing about the page.
const noise = [/was preloaded using link preload but not used/, /Autofill/];

declare global {
  interface Window {
    /** Set when the wasm has started and the islands were given their turn. */
    keyhatchStarted?: boolean;
    /** What every injected script of the tests would call. */
    injectedScriptRan?: (where?: string) => void;
  }
}

function watchInPage(): void {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP report: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  window.injectedScriptRan = (where) => console.error(`an injected script ran: ${where}`);
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const made = await instantiate(...args);
    // The islands hydrate in the promises that follow this one, before any timer.
    setTimeout(() => (window.keyhatchStarted = true));
    return made;
  };
}

export class PageChecks {
  private readonly problems: string[] = [];
  private isOver = false;
  private readonly allowed: RegExp[] = [...noise];
  /** Whether the person answers yes when the browser asks before a half-finished page is left. */
  leavesWhenAsked = true;
  /** How often the browser asked. */
  asked = 0;

  static async watch(context: BrowserContext): Promise<PageChecks> {
    const checks = new PageChecks();
    await context.addInitScript(watchInPage);
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        checks.report(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => checks.report(`exception: ${error.error().stack ?? error.error()}`));
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText;
      // A page that is left takes its requests with it.
      if (reason !== "net::ERR_ABORTED") checks.report(`request failed: ${request.method()} ${request.url()} ${reason}`);
    });
    context.on("dialog", (dialog) => {
      if (dialog.type() === "alert") checks.report(`an injected script ran: alert ${dialog.message()}`);
      if (dialog.type() === "beforeunload") checks.asked++;
      const answer = checks.leavesWhenAsked ? dialog.accept() : dialog.dismiss();
      void answer.catch(() => undefined);
    });
    return checks;
  }

  /** Messages that the test provokes on purpose. */
  allow(...messages: RegExp[]): void {
    this.allowed.push(...messages);
  }

  /** The servers are about to go; what the page still asks for is of no interest any more. */
  end(): void {
    this.isOver = true;
  }

  /** What was noticed so far, which then counts as expected. */
  take(): string[] {
    return this.problems.splice(0);
  }

  expectNone(): void {
    expect(this.problems, "console errors, exceptions, failed requests, CSP reports").toEqual([]);
  }

  private report(problem: string): void {
    if (!this.isOver && !this.allowed.some((message) => message.test(problem))) this.problems.push(problem);
  }
}

/** Waits until the page answers clicks without navigating. */
export async function started(page: Page): Promise<void> {
  await page.waitForFunction(() => window.keyhatchStarted === true);
}

/** Waits until a change of width or colours is on screen, its transitions included. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    // One that is repeated for ever, or stopped half-way by a page that is busy, is not waited for.
    const settled = Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    await Promise.race([settled, new Promise((enough) => setTimeout(enough, 2_000))]);
  });
}

/** Nothing to scroll sideways for, on the page and in what lies above it. */
export async function expectNoWiderThanScreen(page: Page): Promise<void> {
  await drawn(page);
  const wide = await page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll("dialog[open], .slider-body, [popover]:popover-open")];
    const tooWide = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className || box.tagName);
    const beyond = [...document.body.querySelectorAll("*")]
      // Text that its cell cuts off with an ellipsis is as long as it is.
      .filter((element) => element.checkVisibility() && !element.closest(".skip, pre") && getComputedStyle(element).display !== "inline")
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${Math.round(element.getBoundingClientRect().right)}: ${element.outerHTML.slice(0, 120)}`);
    return [...tooWide, ...beyond];
  });
  expect(wide, `wider than the screen of ${page.viewportSize()?.width}, ${page.url()}`).toEqual([]);
}

/** Nothing serious for people who read the page with other means, light and dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await drawn(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const named = serious.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`);
    expect(named, `axe, ${colorScheme}, ${page.url()}`).toEqual([]);
  }
}
