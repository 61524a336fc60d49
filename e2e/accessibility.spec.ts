import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { signIn } from "./sign-in.ts";
import { type Product, startProduct } from "./start-product.ts";

/** Every screen, in both themes, both languages and on a phone, read by an automated audit: nothing found. */
let product: Product;

test.beforeAll(async () => {
  product = await startProduct({ leads: 30 });
  await playRichLeads();
});
test.afterAll(async () => {
  await product?.stop();
});

const looks = [
  { name: "light, English, desk", colorScheme: "light", locale: "en-GB", viewport: { width: 1440, height: 900 } },
  { name: "dark, German, laptop", colorScheme: "dark", locale: "de-DE", viewport: { width: 1024, height: 768 } },
  { name: "light, German, phone", colorScheme: "light", locale: "de-DE", viewport: { width: 390, height: 844 } },
] as const;

for (const { name, ...look } of looks) {
  test(`no screen has a fault an audit can find: ${name}`, async ({ browser }) => {
    const page = await openAt(browser, look, "/sign-in");
    await audit(page, "sign-in");
    await signIn(page, product);

    await page.goto(`${product.appUrl}/leads`);
    const lead = page.locator('a[href*="/leads/"]').first();
    await expect(lead).toBeVisible();
    await audit(page, "leads");

    const address = await lead.getAttribute("href");
    await page.goto(`${product.appUrl}/leads?q=nobody-has-this-name`);
    await audit(page, "nothing matches");
    await page.goto(`${product.appUrl}${address}`);
    await expect(page.getByRole("textbox").first()).toBeVisible();
    await audit(page, "lead");
    for (const name of [FORM, FILES]) {
      await openLead(page, name);
      // A video keeps its line open for as long as it is not played to its end.
      await audit(page, name, "load");
    }
    for (const path of ["/settings", "/settings/webhooks", "/leads/1.nothing", "/nowhere"]) {
      await page.goto(`${product.appUrl}${path}`);
      await audit(page, path);
    }
  });

  test(`no settings have a fault an audit can find: ${name}`, async ({ browser }) => {
    const page = await openAt(browser, look, "/sign-in");
    await signIn(page, product, "adam.admin");
    for (const place of ["pages", "ads", "sending", "webhooks", "ledger"]) {
      await page.goto(`${product.appUrl}/settings/${place}`);
      for (const summary of await page.locator("summary").all()) await summary.click();
      await audit(page, `settings, ${place}`);
    }
    // The books, from a day to a delivery to its bytes.
    await page.getByRole("button", { expanded: false }).and(page.locator("tbody button")).first().click();
    await audit(page, "the pages of a day");
    await page.locator('tbody a[href*="deliveries?day="]').first().click();
    // The days' own links lead to lists, and are still there while the first list comes.
    await page.locator('tbody a[href*="/settings/ledger/"]:not([href*="deliveries"])').first().click();
    await expect(page.locator("pre")).toBeVisible();
    await audit(page, "a delivery");
    await page.goBack();
    await audit(page, "the deliveries of a day");
  });
}

const FORM = "Frieda Formular";
const FILES = "Arno Anhang";

/** Somebody of a form without a thread, and somebody who sends everything and tells everything. */
async function playRichLeads(): Promise<void> {
  const answers = { full_name: [FORM], phone_number: ["+49 171 1234567"], email: ["frieda@example.org"] };
  await play("instant-forms/submit", { pageId: "104411223344556", answers });
  const flow = await play("flows", { adId: "120231004567890101", name: FILES, ending: "complete" });
  const { pageId, psid } = z.object({ pageId: z.string(), psid: z.string() }).parse(flow);
  const attachments = ["image", "image", "video", "audio", "file", "location", "fallback"];
  await play("messages", { pageId, psid, attachments });
  for (const action of ["opt_in", "stop"]) await play("optins", { pageId, psid, topic: "Offers", action });
  await play("feedback", { pageId, psid, score: 3, text: "So so" });
  await play("inbox", { pageId, psid, action: "reply", text: "Hello, this is the office." });
  await play("delivery/idle", {});
}

async function play(path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${product.sandboxUrl}/control/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, path).toBe(true);
  return answer.json();
}

/** By its name, in the list: until the answers of a form were fetched it has none. */
async function openLead(page: Page, name: string): Promise<void> {
  await page.goto(`${product.appUrl}/leads?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name }).first().click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

type Look = { colorScheme: "light" | "dark"; locale: string; viewport: { width: number; height: number } };

async function openAt(browser: Browser, look: Look, path: string): Promise<Page> {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await page.goto(`${product.appUrl}${path}`);
  return page;
}

async function audit(page: Page, screen: string, state: "networkidle" | "load" = "networkidle"): Promise<void> {
  await page.waitForLoadState(state);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${screen}: ${id} at ${target.join(" ")}`),
  );
  expect(found).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
}
