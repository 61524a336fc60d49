import type { Meta } from "./meta.ts";
import { INSTAGRAM_INBOX_APP, PAGE_INBOX_APP, type Page, type Thread, type Update } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/**
 * Thread control: which app may write, and since when. It lapses a day after the last user message or routing action;
 * what a lead ad's template hands to its connected app may last longer.
 */
const DAY = 24 * 60 * 60 * 1000;

export const isInbox = (appId: string) => appId === PAGE_INBOX_APP || appId === INSTAGRAM_INBOX_APP;

export function ownerAt(thread: Thread, at: number): string | null {
  return thread.ownedUntil !== null && thread.ownedUntil > at ? thread.ownerAppId : null;
}

/**
 * Gives control, or with null releases it; whatever was agreed about its length before is over.
 * A change that lies before the last one is history and changes nothing.
 */
export function giveControl(thread: Thread, appId: string | null, at: number, days = 1): void {
  if (thread.ownedSince !== null && at < thread.ownedSince) return;
  thread.ownerAppId = appId;
  thread.ownedSince = at;
  thread.controlDays = days >= 1 && days <= 7 ? days : 1;
  thread.ownedUntil = appId === null ? null : at + thread.controlDays * DAY;
  thread.requestedByAppId = null;
}

/** The owner asks for more time. */
export function extendControl(thread: Thread, until: number): void {
  thread.controlDays = 1;
  thread.ownedUntil = until;
}

/** The person did something: the window opens, the owner keeps control for longer, an idle thread falls to the default app. */
export function noteUserAction(page: Page, thread: Thread, at: number): void {
  thread.lastUserActionAt = Math.max(thread.lastUserActionAt ?? 0, at);
  if (ownerAt(thread, at) !== null) {
    thread.ownedUntil = Math.max(thread.ownedUntil ?? 0, at + thread.controlDays * DAY);
  } else if (page.defaultAppId !== null) giveControl(thread, page.defaultAppId, at);
}

/** With routing, traffic of a thread another app owns is only overheard; without, everybody gets everything. */
export function channelFor(page: Page, thread: Thread, ourAppId: string, at: number): Update["channel"] {
  if (page.regime === "zero-config") return "messaging";
  return (ownerAt(thread, at) ?? page.defaultAppId) === ourAppId ? "messaging" : "standby";
}

/** Where our app hears what is said during the questions: as the one who will go on, or only by standing by. */
export function hearsFlow(meta: Meta, page: Page, ad: Ad): Update["channel"] {
  const next = ad.settings.connectedAppId ?? page.defaultAppId;
  return page.regime === "zero-config" || next === meta.world.appId ? "messaging" : "standby";
}

/** The keyword that ends them concerns the default app as well: the thread falls to it. */
export function hearsKeyword(meta: Meta, page: Page, ad: Ad): Update["channel"] {
  return page.defaultAppId === meta.world.appId ? "messaging" : hearsFlow(meta, page, ad);
}
