import { existsSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";
import { atEnd } from "./endings.ts";
import { ADMIN } from "./installation.ts";

/** A person's own browser with the inbox open. */
export type Screen = {
  /** When each text of a row, or the moment a row tells of, was in the page for the first time; in milliseconds since 1970. */
  seen(): Promise<Map<string, number>>;
  /** How long what the page asked for took, in milliseconds. */
  asked(path: string): Promise<number[]>;
  /** Forgets both. */
  forget(): Promise<void>;
  close(): Promise<void>;
};

/** For a machine that has much else to do. */
const PATIENCE_MS = 180_000;

type OpenInbox = Omit<Screen, "close">;

/** Signs in and opens the inbox in a real Chromium. */
export async function openScreen(appUrl: string): Promise<Screen> {
  const places = [process.env.CHROMIUM ?? "", "/usr/bin/chromium", chromium.executablePath()];
  const executablePath = places.find((path) => path !== "" && existsSync(path));
  if (executablePath === undefined) throw new Error("There is no Chromium here: set CHROMIUM to its path.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const isOver = atEnd(() => browser.close());
  const screen = await openInbox(browser, appUrl);
  return {
    ...screen,
    close: async () => {
      isOver();
      await browser.close();
    },
  };
}

async function openInbox(browser: Browser, appUrl: string): Promise<OpenInbox> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript(watchRows);
  context.setDefaultTimeout(PATIENCE_MS);
  context.setDefaultNavigationTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(`${appUrl}/sign-in`);
  await page.locator('input[type="email"]').fill(ADMIN.email);
  await page.locator('input[type="password"]').fill(ADMIN.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/leads/);
  await page.locator("tbody tr").first().waitFor();
  return {
    seen: async () => new Map(await page.evaluate(() => [...(globalThis.benchSeen ?? [])])),
    asked: (path) =>
      page.evaluate(
        (path) =>
          performance
            .getEntriesByType("resource")
            .filter(({ name }) => name.includes(path))
            .map(({ duration }) => duration),
        path,
      ),
    forget: () =>
      page.evaluate(() => {
        globalThis.benchSeen?.clear();
        performance.clearResourceTimings();
        performance.setResourceTimingBufferSize(100_000);
      }),
  };
}

declare global {
  /** In the page: what stood there, and since when. */
  var benchSeen: Map<string, number> | undefined;
}

/** Runs in the page: looks at the rows whenever something of them changed. */
function watchRows(): void {
  const seen = new Map<string, number>();
  globalThis.benchSeen = seen;
  const look = () => {
    const now = performance.timeOrigin + performance.now();
    for (const row of document.querySelectorAll("tbody tr")) {
      const texts = [...row.querySelectorAll("bdi")].map(({ textContent }) => textContent);
      const times = [...row.querySelectorAll("time")].map(({ dateTime }) => dateTime);
      for (const text of [...texts, ...times]) if (!seen.has(text)) seen.set(text, now);
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["datetime"],
  });
}
