/**
 * A Meta that keeps its own books and tells us of them badly: in batches, again, late, in any order, or not at all. It
 * shares no thought with the product: what it says comes as bytes.
 */

import { classifyGraphError } from "#lib/messenger/graph-error.ts";
import { type History, historyBody } from "#lib/messenger/read-history.ts";
import type { SendOutcome } from "#lib/messenger/send-message.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./spans.ts";
import { OUR_APP } from "./thread.ts";
import type { World } from "./world.ts";

export const LEADGEN = "413038776280800";
export const INBOX = "263902037430900";
export const OTHER_APP = "9988776655443322";

export type Conversation = {
  pageId: string;
  psid: string;
  /** The app that holds the thread; null: nobody. */
  owner: string | null;
  lastActionAt: number | null;
  messages: { mid: string; at: number; isFromPerson: boolean; text: string | null }[];
};

type Channel = "messaging" | "standby" | "changes";
type Told = { pageId: string; channel: Channel; item: object; entryTime: number };
type Request = { pageId: string; psid: string; text: string; metadata: string };

export class Meta {
  readonly #world: World;
  readonly conversations: Conversation[] = [];
  /** Every message of ours it accepted. */
  readonly accepted: { metadata: string; mid: string; psid: string }[] = [];
  #bag: Told[] = [];
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  newMid(): string {
    this.#count += 1;
    return `m_${this.#count}`;
  }

  converse(pageId: string, psid: string): Conversation {
    const begun = { pageId, psid, owner: null, lastActionAt: null, messages: [] };
    this.conversations.push(begun);
    return begun;
  }

  /**
   * A time as Meta writes it today: a number or text, in one of two units; at times it is wrong. `ahead`: how far it may
   * lie in the future. What is told on two channels must not lie beyond the time we believe: each would be put right by
   * when it came.
   */
  time(at: number, ahead = 4 * MINUTE): number | string {
    const { random } = this.#world;
    const lie = this.#world.fails(0.02) ? random.between(-HOUR, ahead) : 0;
    if (random.chance(0.8)) return at + lie;
    return random.chance(0.5) ? String(at + lie) : (at + lie) * 1000;
  }

  /** Tells of something: soon as a rule, again at times, days later or never at times. */
  tell({ pageId }: { pageId: string }, channel: Channel, item: object) {
    const { random, schedule } = this.#world;
    const told = { pageId, channel, item, entryTime: this.#world.now };
    if (this.#world.fails(0.03)) return this.#world.log("meta", `loses ${nameOf(item)}`);
    const copies = 1 + (random.chance(0.3) ? 1 : 0) + (random.chance(0.1) ? 1 : 0);
    for (let copy = 0; copy < copies; copy += 1) {
      const delay = random.chance(0.8)
        ? random.below(3 * SECOND)
        : random.chance(0.7)
          ? random.below(HOUR)
          : random.below(3 * DAY);
      schedule.after(delay, () => this.#bring(told));
    }
  }

  #bring(told: Told) {
    this.#bag.push(told);
    const { random, schedule } = this.#world;
    if (random.chance(0.6)) return this.#flush();
    schedule.after(random.below(2 * SECOND), () => this.#flush());
  }

  /** What is in the bag leaves in one delivery, in any order, under one entry or many. */
  #flush(): void {
    const { random } = this.#world;
    const items = random.shuffle(this.#bag);
    this.#bag = [];
    if (items.length === 0) return;
    const entry = items.map(({ pageId, channel, item, entryTime }) => ({
      id: pageId,
      time: entryTime,
      [channel]: [item],
    }));
    const body = new TextEncoder().encode(JSON.stringify({ object: "page", entry }));
    this.#deliver(body, items.map(({ item }) => nameOf(item)).join(", "), 0);
  }

  /** Brings bytes to the door. Where it is not answered that they are kept, it tries again for moments only. */
  #deliver(body: Uint8Array, what: string, tried: number): void {
    const world = this.#world;
    const isKept = world.now >= world.outageUntil && !world.fails(0.01);
    if (isKept) keep(world, "webhook", body);
    world.log("door", `${isKept ? "keeps" : "refuses"} ${what}`);
    const isAnswered = isKept && !world.fails(0.02);
    if (isAnswered || tried >= 4) return;
    world.schedule.after(world.random.between(SECOND, 30 * SECOND), () => this.#deliver(body, what, tried + 1));
  }

  /** Bytes nobody can read, or read as anything known. */
  babble(): void {
    const { random } = this.#world;
    const texts = [
      '{"object":"page","entry":[{"id":"1001","messaging":[{"brand_new":{"x":1}}]}]}',
      "not json",
      '{"object":"page","entry":7}',
    ];
    this.#deliver(new TextEncoder().encode(random.any(texts)), "babble", 0);
  }

  /** What the Send API does with a request, and whether its answer arrives. */
  receive(request: Request): SendOutcome {
    const world = this.#world;
    if (world.fails(0.04)) return { outcome: "not-sent" };
    if (world.fails(0.03)) return { outcome: "unclear", reason: "lost on its way", usage: null };
    const conversation = this.conversations.find(
      ({ pageId, psid }) => pageId === request.pageId && psid === request.psid,
    );
    if (conversation === undefined) return refused(100, 2018001);
    if (world.fails(0.04)) return refused(4, null);
    const { owner, lastActionAt } = conversation;
    if (owner === LEADGEN) return refused(10, 2018321);
    if (owner !== null && owner !== OUR_APP) return refused(10, 2018300);
    if (lastActionAt === null || world.now - lastActionAt > DAY) return refused(10, 2018278);
    if (world.fails(0.03)) return refused(100, null);
    const mid = this.#accept(conversation, request);
    return world.fails(0.08) ? { outcome: "unclear", reason: "no answer", usage: null } : { outcome: "accepted", mid };
  }

  #accept(conversation: Conversation, { text, metadata, psid, pageId }: Request): string {
    const world = this.#world;
    const mid = this.newMid();
    this.accepted.push({ metadata, mid, psid });
    conversation.messages.push({ mid, at: world.now, isFromPerson: false, text });
    world.log("meta", `accepts ${metadata} as ${mid}`);
    const message = { mid, is_echo: true, app_id: Number(OUR_APP), metadata, text };
    const echo = { sender: { id: pageId }, recipient: { id: psid }, timestamp: world.now, message };
    if (!world.fails(0.15)) this.tell(conversation, "messaging", echo);
    if (world.random.chance(0.5)) {
      const delivery = { mids: [mid], watermark: world.now + 1 };
      this.tell(conversation, "messaging", { sender: { id: psid }, recipient: { id: pageId }, delivery });
    }
    return mid;
  }

  /** What the history shows of a conversation: its newest messages, who holds it. */
  history({ pageId, psid }: { pageId: string; psid: string }, known: ReadonlySet<string>): Uint8Array | null {
    const world = this.#world;
    const conversation = this.conversations.find((one) => one.pageId === pageId && one.psid === psid);
    if (conversation === undefined || world.fails(0.1)) return null;
    const second = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();
    const messages = conversation.messages
      .slice(-20)
      .reverse()
      .filter(({ mid, text }) => text !== null && !known.has(mid));
    const { owner } = conversation;
    const told: History = {
      ...{ pageId, psid, platform: "page", conversationId: `t_${psid}`, name: null, isRead: true, labels: null },
      askedAt: new Date(world.now).toISOString(),
      isOurs: world.random.chance(0.5) ? owner === OUR_APP : null,
      messages: messages.map(({ mid, at, isFromPerson, text }) => ({
        ...{ mid, at: second(at), text, attachments: [], replyToMid: null },
        fromId: isFromPerson ? psid : pageId,
      })),
      owner: {
        told: owner === OUR_APP ? { appId: owner, expiresAt: new Date(world.now + DAY + MINUTE).toISOString() } : null,
      },
    };
    return historyBody(told);
  }
}

/** The door: bytes are on disk before anybody is told so. */
export function keep(world: World, source: "webhook" | "history", body: Uint8Array): void {
  const { tables } = world;
  const row = { id: tables.deliveries.length, source, body, receivedAt: new Date(world.now) };
  tables.deliveries.push({ ...row, state: "waiting", leaseUntil: null, leaseNumber: 0, attempts: 0 });
}

/** In the words of the product, by its own table of Meta's errors. */
function refused(code: number, subcode: number | null): SendOutcome {
  const facts = { status: 400, code, subcode, isTransient: false };
  const meaning = classifyGraphError(facts, "send");
  if (meaning.class === "unknown_outcome") return { outcome: "unclear", reason: "unclear", usage: null };
  return { outcome: "refused", ...meaning, code, subcode, fbtraceId: null, retryAfterMs: null, usage: null };
}

function nameOf(item: object): string {
  return (
    Object.keys(item).find(
      (name) => !["sender", "recipient", "timestamp", "hop_context", "field", "lead"].includes(name),
    ) ?? "item"
  );
}
