import { z } from "zod";
import { inSeconds } from "./events.ts";
import { refusals } from "./graph-errors.ts";
import { isOnInstagram, knownThread } from "./graph-send.ts";
import { adOf, type Meta } from "./meta.ts";
import { ask, handTo, takeOver } from "./outsiders.ts";
import { extendControl, giveControl, ownerAt } from "./ownership.ts";
import { answeredFlow } from "./thread.ts";
import { INSTAGRAM_INBOX_APP, OTHER_APP, PAGE_INBOX_APP, type Page, type Thread } from "./world.ts";

/** The thread-control calls of the Graph API, as our app makes them. */
const MAX_EXTENSION = 604_800;

const recipient = z.preprocess(
  (value) => (typeof value === "string" ? readJson(value) : value),
  z.object({ id: z.coerce.string() }),
);
export const controlBody = z.object({
  recipient,
  target_app_id: z.coerce.string().optional(),
  metadata: z.string().default(""),
  duration: z.coerce.number().int().positive().optional(),
});
export type ControlBody = z.infer<typeof controlBody>;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { id: text };
  }
}

export const controlCalls = ["pass", "take", "request", "release", "extend"] as const;
export type ControlCall = (typeof controlCalls)[number];

export function controlThread(meta: Meta, page: Page, call: ControlCall, body: ControlBody, at: number): void {
  const thread = knownThread(meta, page, body.recipient.id);
  const flow = answeredFlow(thread);
  if (flow !== null && !adOf(meta.world, flow.adId).settings.allowsInterrupt) throw refusals.questionsRun();
  calls[call](meta, page, thread, body, at);
  meta.changed(thread);
}

/** Each platform has an inbox of its own. */
function targetsOf(meta: Meta, thread: Thread): string[] {
  return [isOnInstagram(meta, thread) ? INSTAGRAM_INBOX_APP : PAGE_INBOX_APP, OTHER_APP, meta.world.appId];
}

type Call = (meta: Meta, page: Page, thread: Thread, body: ControlBody, at: number) => void;

const calls: Record<ControlCall, Call> = {
  pass(meta, page, thread, body, at) {
    const owner = ownerAt(thread, at);
    if (owner !== null && owner !== meta.world.appId) throw refusals.otherAppOwns(isOnInstagram(meta, thread));
    const target = body.target_app_id ?? page.defaultAppId;
    if (target === null) throw refusals.invalid("The parameter target_app_id is required.");
    if (!targetsOf(meta, thread).includes(target)) throw refusals.wrongTargetApp();
    if (target === owner) throw refusals.invalid("The app has control of this thread already.");
    handTo(meta, thread, owner, target, at, body.metadata);
  },
  take(meta, page, thread, _body, at) {
    if (page.regime === "zero-config" || !page.isTakeAllowed) {
      throw refusals.noPermission("taking control of conversations is not allowed for this app on this Page");
    }
    if (ownerAt(thread, at) === meta.world.appId) throw refusals.invalid("The app has control of this thread already.");
    takeOver(meta, thread, meta.world.appId, at);
  },
  request(meta, page, thread, body, at) {
    if (page.regime === "routing")
      throw refusals.noPermission("request_thread_control needs a Page without a default app");
    if (ownerAt(thread, at) === meta.world.appId) throw refusals.invalid("The app has control of this thread already.");
    ask(meta, thread, meta.world.appId, at, body.metadata);
  },
  // No webhook tells of a release.
  release(meta, _page, thread, _body, at) {
    if (ownerAt(thread, at) !== meta.world.appId) throw refusals.otherAppOwns(isOnInstagram(meta, thread));
    giveControl(thread, null, at);
  },
  extend(meta, _page, thread, body, at) {
    if (ownerAt(thread, at) !== meta.world.appId) throw refusals.otherAppOwns(isOnInstagram(meta, thread));
    if (body.duration === undefined || body.duration > MAX_EXTENSION) {
      throw refusals.invalid(`Param duration must be a number of seconds up to ${MAX_EXTENSION}.`);
    }
    extendControl(thread, at + body.duration * 1000);
  },
};

/** Whom the thread belongs to: in full for the owner and the default app, else only until when, and nothing while idle. */
export function threadOwner(meta: Meta, page: Page, psid: string, at: number) {
  const thread = knownThread(meta, page, psid);
  const owner = ownerAt(thread, at);
  if (owner === null || thread.ownedUntil === null) return { data: [] };
  const expiration = inSeconds(thread.ownedUntil);
  const maySee = owner === meta.world.appId || page.defaultAppId === meta.world.appId;
  return { data: [{ thread_owner: maySee ? { app_id: owner, expiration } : { expiration } }] };
}
