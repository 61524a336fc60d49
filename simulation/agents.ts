/** Agents: they send, take back, press twice, settle by hand what nobody knows, take threads and pass them on. */
import { factOf, type LeasedAction } from "#lib/threads/leased-action.ts";
import { UNDO_SECONDS } from "#lib/threads/reply.ts";
import { INBOX, LEADGEN } from "./meta.ts";
import { pass } from "./people.ts";
import { judge, move } from "./settling.ts";
import { HOUR, MINUTE, SECOND } from "./spans.ts";
import { newRowId, type ReplyRow, type Thread } from "./tables.ts";
import { extendByDeed, OUR_APP, refold } from "./thread.ts";
import type { World } from "./world.ts";

const texts = ["Hello, this is Anna.", "We call you tomorrow.", "We call you tomorrow."];

/** A day's work, at times nobody foresees. */
export function work(world: World): void {
  const { random, schedule } = world;
  for (let press = random.between(5, 14); press > 0; press -= 1) {
    schedule.after(random.below(world.span), () => answerSomebody(world));
  }
  for (let wish = random.below(3); wish > 0; wish -= 1)
    schedule.after(random.below(world.span), () => moveControl(world));
}

function answerSomebody(world: World): void {
  const { random, tables, schedule } = world;
  const known = [...tables.threads.values()].filter(({ leads }) => leads.size > 0);
  const open = known.filter((thread) => judge(thread, "x", world.now).allowed);
  const thread = random.any(random.chance(0.9) && open.length > 0 ? open : known);
  if (thread === undefined) return;
  const intentId = `press-${newRowId(tables)}`;
  const text = random.any(texts) ?? "";
  for (let times = random.chance(0.2) ? 2 : 1; times > 0; times -= 1) press(world, thread, intentId, text);
  // Some write on at once.
  if (random.chance(0.4)) press(world, thread, `press-${newRowId(tables)}`, random.any(texts) ?? "");
  if (random.chance(0.3)) schedule.after(random.below(8 * SECOND), () => takeBack(world, thread, intentId));
}

/** Judges a reply and queues it. The same press twice is one reply. */
function press(world: World, thread: Thread, intentId: string, text: string) {
  const { tables, rules, now } = world;
  const { pageId, psid, replies } = thread;
  if (replies.some((reply) => rules.isSamePress(reply, intentId))) return;
  const judgement = judge(thread, text, now);
  if (!judgement.allowed) return world.log("agent", `may not write to ${psid}: ${judgement.why}`);
  const id = newRowId(tables);
  replies.push({
    ...{ pageId, psid, id, authorId: "anna", intentId, text, metadata: `li:${id}`, state: "queued", stateReason: null },
    ...{ createdAt: new Date(now), sendAfter: new Date(now + UNDO_SECONDS * SECOND), leaseUntil: null, leaseNumber: 0 },
    ...{ sendingAt: null, settledAt: null, mid: null, errorSubcode: null },
  });
  world.log("agent", `writes ${id} to ${psid}`);
}

function takeBack(world: World, thread: Thread, intentId: string): void {
  const { rules, now } = world;
  const parts = thread.replies.filter((reply) => reply.intentId === intentId);
  if (parts.length === 0 || parts.some(({ state }) => !rules.mayCancel(state))) return;
  for (const reply of parts) Object.assign(reply, { state: "cancelled", settledAt: new Date(now), leaseUntil: null });
  world.log("agent", `takes ${parts.map(({ id }) => id).join(", ")} back`);
}

/** Of a reply nobody knows about, a person finds out in the Page Inbox, at times wrongly, and may send it again as a new one. */
function settleByHand(world: World, thread: Thread, reply: ReplyRow): void {
  const { rules, random, meta, now } = world;
  const isThere = meta.accepted.some(({ metadata }) => metadata === reply.metadata);
  const hasArrived = random.chance(0.9) ? isThere : !isThere;
  if (!move(reply, null, rules.endByPerson(hasArrived, new Date(now)), rules)) return;
  world.log("agent", `says that ${reply.id} ${hasArrived ? "arrived" : "did not arrive"}`);
  if (hasArrived && reply.sendingAt !== null) {
    const news = { lastOutboundAt: reply.sendingAt, lastHumanReplyAt: reply.sendingAt };
    extendByDeed(thread, { news, message: null }, now, rules);
    refold(world.tables, thread, now, rules);
  } else if (random.chance(0.5)) press(world, thread, `again-${reply.id}`, reply.text);
}

export function lookAtUnknown(world: World): void {
  for (const thread of world.tables.threads.values()) {
    for (const reply of thread.replies) {
      if (reply.state !== "unknown" || reply.settledAt === null) continue;
      // Whoever presses at once did not wait for the echo.
      const patience = world.random.chance(0.2) ? 0 : 2 * HOUR;
      if (world.now - reply.settledAt.getTime() >= patience) settleByHand(world, thread, reply);
    }
  }
}

/** Takes a thread or passes it to the Page Inbox: a call of ours, whose answer may be lost, and Meta's event about it. */
function moveControl(world: World): void {
  const { random, tables, meta, schedule } = world;
  const thread = random.any([...tables.threads.values()]);
  const person = meta.conversations.find(({ psid }) => psid === thread?.psid);
  if (thread === undefined || person === undefined || person.owner === LEADGEN) return;
  const kind = random.pick(["take", "pass_page_inbox"] as const);
  pass(world, person, kind === "take" ? OUR_APP : INBOX);
  world.log("agent", `${kind} ${thread.psid}`);
  if (world.fails(0.2)) return;
  const key = { pageId: thread.pageId, psid: thread.psid };
  const action: LeasedAction = {
    ...key,
    id: newRowId(tables),
    kind,
    targetAppId: null,
    seconds: null,
    authorId: "anna",
    leaseNumber: 1,
  };
  schedule.after(random.chance(0.9) ? random.below(2 * SECOND) : 5 * MINUTE, () => {
    const fact = factOf(action, new Date(world.now), { ourAppId: OUR_APP, isInstagram: false });
    if (fact === null) return;
    const news = { facts: [fact] };
    extendByDeed(thread, { news, message: null }, world.now, world.rules);
    refold(tables, thread, world.now, world.rules);
  });
}
