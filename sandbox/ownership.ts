import type { Page, Thread, Update } from "./world.ts";

/** Thread control: which app may write, and since when. It lapses a day after the last user message or routing action. */
const DAY = 24 * 60 * 60 * 1000;

export function ownerAt(thread: Thread, at: number): string | null {
  return thread.ownedUntil !== null && thread.ownedUntil > at ? thread.ownerAppId : null;
}

/** Gives control, or with null releases it. A change that lies before the last one is history and changes nothing. */
export function giveControl(thread: Thread, appId: string | null, at: number): void {
  if (thread.ownedSince !== null && at < thread.ownedSince) return;
  thread.ownerAppId = appId;
  thread.ownedSince = at;
  thread.ownedUntil = appId === null ? null : at + DAY;
  thread.requestedByAppId = null;
}

/** The person did something: the window opens, the owner keeps control for another day, an idle thread falls to the default app. */
export function noteUserAction(page: Page, thread: Thread, at: number): void {
  thread.lastUserActionAt = Math.max(thread.lastUserActionAt ?? 0, at);
  if (ownerAt(thread, at) !== null) thread.ownedUntil = Math.max(thread.ownedUntil ?? 0, at + DAY);
  else if (page.defaultAppId !== null) giveControl(thread, page.defaultAppId, at);
}

/** With routing, traffic of a thread another app owns is only overheard; without, everybody gets everything. */
export function channelFor(page: Page, thread: Thread, ourAppId: string, at: number): Update["channel"] {
  if (page.regime === "zero-config") return "messaging";
  return (ownerAt(thread, at) ?? page.defaultAppId) === ourAppId ? "messaging" : "standby";
}
