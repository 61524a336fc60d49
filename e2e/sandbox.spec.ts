import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { signIn } from "./sign-in.ts";
import { type Product, startProduct } from "./start-product.ts";

/** The four stories a newcomer plays from the sandbox's page, judged by what the inbox shows. */
let product: Product;
let agent: Page;
let sandbox: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  product = await startProduct();
  agent = await open(browser, product.appUrl);
  await signIn(agent, product);
  sandbox = await open(browser, product.sandboxUrl);
});
test.afterAll(async () => {
  await product?.stop();
});

test("an answer that rules somebody out", async () => {
  const person = await play("Disqualified");
  await expect(row(person)).toContainText("Incomplete");
  await expect(row(person)).toContainText("disqualified");
});

test("a stop keyword", async () => {
  const person = await play("Stop keyword");
  await expect(row(person)).toContainText("asked to stop");
});

test("a takeover from the Page Inbox, and taking control back", async () => {
  const person = await play("Takeover from the Page Inbox");
  await row(person).getByRole("link", { name: person }).click();
  await expect(agent.getByRole("region", { name: "Who may write" })).toContainText("Page Inbox");
  await agent.getByRole("button", { name: "Take control" }).click();
  await agent.getByRole("textbox", { name: /Reply to/ }).fill("Nun wieder von uns.");
  await agent.getByRole("button", { name: "Send", exact: true }).click();
  await expect(sandbox.getByRole("log")).toContainText("Nun wieder von uns.");
  await agent.goto(`${product.appUrl}/leads`);
});

test("an outage that loses nothing", async () => {
  const person = await play("An outage");
  await expect(row(person)).toHaveCount(0);
  await sandbox.getByRole("button", { name: "End the outage" }).click();
  await expect(coach()).toContainText("Nothing was lost");
  await expect(row(person)).toHaveCount(1);
  await expect(row(person).getByText("Complete", { exact: true })).toBeVisible();
});

test("trouble is named, and one button ends it", async () => {
  await sandbox.getByRole("button", { name: "Behind the scenes" }).click();
  const areas = sandbox.getByRole("navigation", { name: "Backstage areas" });
  await areas.getByRole("button", { name: "Trouble" }).click();
  await sandbox.getByRole("switch", { name: "Lose everything" }).click();
  const unusual = sandbox.getByRole("region", { name: "Not as usual" });
  await expect(unusual).toContainText("Updates are lost for ever");
  await unusual.getByRole("button", { name: "All well again" }).click();
  await expect(unusual).toHaveCount(0);
  expect((await new AxeBuilder({ page: sandbox }).analyze()).violations).toEqual([]);
});

async function open(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Plays a story to its end; answers whom it was about. */
async function play(title: string): Promise<string> {
  await sandbox.getByRole("button", { name: `Play: ${title}` }).click();
  await expect(sandbox.getByRole("status", { name: title })).toContainText("Now look in Lead Inbox");
  const you = await sandbox.getByRole("button", { name: /^You are/ }).innerText();
  return you.replace(/^You are/, "").trim();
}

function coach() {
  return sandbox.locator(".coach");
}

function row(words: string) {
  return agent.getByRole("row").filter({ hasText: words });
}
