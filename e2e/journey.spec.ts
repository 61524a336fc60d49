import { readFileSync } from "node:fs";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { parse as parseCsv } from "csv-parse/sync";
import readExcelFile from "read-excel-file/node";
import { signIn } from "./sign-in.ts";
import { type Product, startProduct } from "./start-product.ts";

/** The whole way of one lead, judged by what the agent and the customer see. */
let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(async () => {
  await product?.stop();
});

test("a lead travels from the ad to the agent, to the customer and into the export", async ({ browser }) => {
  test.setTimeout(180_000);
  const agent = await openInbox(browser);
  const customer = await becomeCustomer(browser, "Vera Testmann");

  await test.step("the customer taps the ad and answers its questions", async () => {
    await customer.getByRole("button", { name: /^Send message: Solardach-Check/ }).click();
    for (const answer of ["Ja", "50–100 m²", "So bald wie möglich"]) {
      await customer.getByRole("button", { name: answer, exact: true }).click();
      await expect(customer.getByRole("log")).toContainText(answer);
    }
    for (const answer of ["Stuttgart", "+49 151 12345678", "vera@example.org"]) await say(customer, answer);
    await expect(customer.getByText("All questions answered")).toBeVisible();
  });

  await test.step("the lead appears in the open inbox by itself", async () => {
    const row = agent.getByRole("row").filter({ hasText: "Vera Testmann" });
    await expect(row).toContainText("Complete");
    await row.getByRole("button", { name: /^Claim/ }).click();
    await expect(row).toContainText("Anna");
    await row.getByRole("link", { name: "Vera Testmann" }).click();
    await expect(agent).toHaveURL(/\/leads\/\d+\.[0-9a-f-]+/);
    const answers = agent.getByRole("complementary", { name: "Facts about this lead" });
    await expect(answers).toContainText("Gehört Ihnen das Haus?");
    await expect(answers).toContainText("vera@example.org");
  });

  await test.step("the agent's reply arrives at the customer", async () => {
    await reply(agent, "Guten Tag Frau Testmann, wann passt Ihnen ein Anruf?");
    await expect(customer.getByText("wann passt Ihnen ein Anruf?").first()).toBeVisible();
    await expect(thread(agent).getByRole("article").last()).toContainText(/Sent|Delivered|Read/);
  });

  await test.step("the customer's answer shows live", async () => {
    await say(customer, "Morgen nach 17 Uhr bitte");
    await expect(thread(agent).getByText("Morgen nach 17 Uhr bitte")).toBeVisible();
  });

  await test.step("the Page Inbox takes over and the composer says so", async () => {
    await openBackstage(customer);
    await customer.getByRole("form", { name: "Act as Page Inbox" }).getByRole("button", { name: "Take over" }).click();
    await expect(agent.getByRole("region", { name: "Who may write" })).toContainText("Page Inbox");
    await expect(agent.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  });

  await test.step("the agent takes control back and answers", async () => {
    await agent.getByRole("button", { name: "Take control" }).click();
    await reply(agent, "Wir rufen Sie morgen um 17:30 Uhr an.");
    await expect(customer.getByText("morgen um 17:30 Uhr an").first()).toBeVisible();
  });

  await test.step("the exports hold the lead, read back by other libraries", async () => {
    await agent.goto(`${product.appUrl}/leads`);
    const csv = parseCsv(await download(agent, "CSV, comma"), { columns: true, bom: true });
    expect(csv).toHaveLength(1);
    expect(csv[0]).toMatchObject({
      full_name: "Vera Testmann",
      lead_status: "complete",
      assignee: "Anna Agent",
      "Gehört Ihnen das Haus?": "Ja",
      "Wie lautet Ihre E-Mail-Adresse?": "vera@example.org",
    });
    const [leads] = await readExcelFile(await download(agent, "Excel (XLSX)"));
    const [header, ...rows] = leads?.data ?? [];
    const cell = (name: string) => rows[0]?.[header?.indexOf(name) ?? -1];
    expect(rows).toHaveLength(1);
    expect(cell("full_name")).toBe("Vera Testmann");
    expect(cell("Unter welcher Nummer erreichen wir Sie?")).toBe("+49 151 12345678");
  });
});

async function openInbox(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, product);
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  return page;
}

async function becomeCustomer(browser: Browser, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(product.sandboxUrl);
  await page.getByRole("button", { name: /^You are/ }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Be this person" }).click();
  return page;
}

async function say(customer: Page, text: string): Promise<void> {
  await customer.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  await customer.getByRole("button", { name: "Send", exact: true }).click();
  await expect(customer.getByRole("log")).toContainText(text);
}

async function reply(agent: Page, text: string): Promise<void> {
  await agent.getByRole("textbox", { name: /Reply to/ }).fill(text);
  await agent.getByRole("button", { name: "Send", exact: true }).click();
}

function thread(agent: Page) {
  return agent.getByRole("log", { name: /Conversation/ });
}

async function openBackstage(customer: Page): Promise<void> {
  const button = customer.getByRole("button", { name: "Behind the scenes" });
  if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
}

async function download(agent: Page, format: string): Promise<Buffer> {
  await agent.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    agent.waitForEvent("download"),
    agent.getByRole("menuitem", { name: format }).click(),
  ]);
  return readFileSync(await file.path());
}
