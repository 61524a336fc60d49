import { expect, type Page } from "@playwright/test";
import type { Product } from "./start-product.ts";

/** Signs somebody in, Anna unless said otherwise, by the fields' meaning rather than their words, so that it works in every language. */
export async function signIn(page: Page, product: Product, who = "anna.agent"): Promise<void> {
  await page.goto(`${product.appUrl}/sign-in`);
  await page.locator('input[type="email"]').fill(`${who}@demo.example`);
  await page.locator('input[type="password"]').fill(product.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/leads/);
}
