"use server";

import { refresh } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { PageAnswer } from "#components/settings/page-answers.ts";
import type { SickPage } from "#components/shell/page-banner.tsx";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { beginLogin } from "#lib/pages/begin-login.ts";
import { checkPage } from "#lib/pages/check-page.ts";
import { connectByToken } from "#lib/pages/connect-by-token.ts";
import { connectChosen as connectGranted } from "#lib/pages/connect-chosen.ts";
import { disconnectPage } from "#lib/pages/disconnect-page.ts";
import { findSickPages } from "#lib/pages/find-sick-pages.ts";
import { LOGIN_COOKIE } from "#lib/pages/login-secret.ts";
import { setPageSettings } from "#lib/pages/set-page-settings.ts";

// Each of these is a public endpoint: what arrives is a claim until its schema has read it.

const pageId = z.string().regex(/^\d{1,32}$/);
const tokenInput = z.strictObject({
  id: pageId,
  name: z.string().trim().min(1).max(200),
  token: z.string().trim().min(1).max(1_000),
});
const settingsInput = z.strictObject({
  pageId,
  hasHumanAgent: z.boolean(),
  usesPersonas: z.boolean(),
  defaultCountry: z.string().regex(/^[A-Z]{2}$/),
  disclosure: z.string().trim().min(1).max(500).nullable(),
});
const chosen = z.array(pageId).min(1).max(500);

/** Opens Meta's login. The nonce stays in this browser, for the address Meta sends it back to. */
export async function startLogin(): Promise<{ url: string } | { answer: PageAnswer }> {
  const begun = await beginLogin(await requireViewer());
  if (begun.outcome !== "begun") return { answer: begun.outcome };
  const jar = await cookies();
  jar.set(LOGIN_COOKIE, begun.nonce, {
    httpOnly: true,
    // Lax: Meta sends the person back by a link, and the cookie has to come along.
    sameSite: "lax",
    secure: true,
    path: "/",
    maxAge: begun.maxAgeSeconds,
  });
  return { url: begun.url };
}

export async function checkNow(input: unknown): Promise<PageAnswer> {
  const viewer = await requireViewer();
  if (viewer.role !== "admin") return "not-allowed";
  const asked = pageId.safeParse(input);
  if (!asked.success) return "bad-request";
  const outcome = await checkPage(asked.data, { isAsked: true });
  refresh();
  return outcome;
}

export async function disconnect(input: unknown): Promise<PageAnswer> {
  const viewer = await requireViewer();
  if (viewer.role !== "admin") return "not-allowed";
  const asked = pageId.safeParse(input);
  if (!asked.success) return "bad-request";
  const outcome = await disconnectPage(asked.data, viewer.agentId);
  refresh();
  return outcome;
}

export async function saveSettings(input: unknown): Promise<PageAnswer> {
  const viewer = await requireViewer();
  const asked = settingsInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const { pageId: id, ...settings } = asked.data;
  const outcome = await setPageSettings(id, settings, viewer);
  refresh();
  return outcome;
}

export async function connectToken(input: unknown): Promise<PageAnswer> {
  const viewer = await requireViewer();
  const asked = tokenInput.safeParse(input);
  if (!asked.success) return "bad-request";
  const outcome = await connectByToken(asked.data, viewer);
  refresh();
  return outcome;
}

/** What was granted is used up with it; the screen goes back to the pages. */
export async function connectChosen(input: unknown): Promise<PageAnswer> {
  const viewer = await requireViewer();
  const asked = chosen.safeParse(input);
  if (!asked.success) return "bad-request";
  const { outcome } = await connectGranted(asked.data, viewer);
  if (outcome === "connected") redirect("/settings/pages");
  return outcome;
}

/** The pages that are not well, for the banner that looks from time to time. */
export async function loadSickPages(): Promise<SickPage[]> {
  return findSickPages(await requireViewer());
}
