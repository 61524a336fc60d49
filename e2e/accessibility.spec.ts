import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { signIn } from "./sign-in.ts";
import { type Product, startProduct } from "./start-product.ts";

/** Every screen, in both themes, both languages and on a phone, read by an automated audit: nothing found. */
let product: Product;

test.beforeAll(async () => {
  product = await startProduct({ leads: 30 });
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
    for (const path of ["/settings", "/settings/webhooks", "/leads/1.nothing", "/nowhere"]) {
      await page.goto(`${product.appUrl}${path}`);
      await audit(page, path);
    }
  });
}

type Look = { colorScheme: "light" | "dark"; locale: string; viewport: { width: number; height: number } };

async function openAt(browser: Browser, look: Look, path: string): Promise<Page> {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await page.goto(`${product.appUrl}${path}`);
  return page;
}

async function audit(page: Page, screen: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${screen}: ${id} at ${target.join(" ")}`),
  );
  expect(found).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
}
