/** What must hold after every step, and in the end. */
import { checkReplyMove } from "#lib/threads/invariants.ts";
import type { ReplyState } from "#lib/threads/reply.ts";
import type { ReplyRow, Thread } from "./tables.ts";
import { evidenceOf } from "./thread.ts";
import type { World } from "./world.ts";

export class Violated extends Error {}

function hold(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Violated(what);
}

/** Watches a world go on: some things may only ever change one way. */
export class Watch {
  readonly #world: World;
  readonly #states = new Map<string, ReplyState>();
  readonly #windows = new Map<Thread, number>();
  #accepted = 0;

  constructor(world: World) {
    this.#world = world;
  }

  look(): void {
    const { tables, meta } = this.#world;
    hold(tables.unfenced.length === 0, `a lease that was over still counted: ${tables.unfenced.join()}`);
    for (const thread of tables.threads.values()) {
      this.#lookAtWindow(thread);
      this.#lookAtReplies(thread);
    }
    for (const [id, thread] of tables.shown) {
      hold(
        thread.leads.has(id) !== thread.leads.has(thread.aliases.get(id) ?? ""),
        `the lead ${id} that was shown leads nowhere`,
      );
    }
    if (meta.accepted.length === this.#accepted) return;
    this.#accepted = meta.accepted.length;
    const metadata = new Set(meta.accepted.map((one) => one.metadata));
    hold(metadata.size === meta.accepted.length, "Meta accepted a reply twice that nobody asked to send again");
  }

  #lookAtWindow(thread: Thread): void {
    const opened = thread.lastActionAt?.getTime() ?? 0;
    hold(opened >= (this.#windows.get(thread) ?? 0), `the window of ${thread.psid} went back in time`);
    this.#windows.set(thread, opened);
  }

  #lookAtReplies({ replies, psid }: Thread): void {
    if (replies.length === 0) return;
    hold(
      replies.filter(({ state }) => state === "sending").length <= 1,
      `two replies to ${psid} are on their way at once`,
    );
    hold(
      new Set(replies.map(({ intentId }) => intentId)).size === replies.length,
      `one press became two replies to ${psid}`,
    );
    for (const reply of replies) this.#lookAtMove(reply);
  }

  #lookAtMove({ id, state }: ReplyRow): void {
    const before = this.#states.get(id) ?? "queued";
    if (before === state) return;
    checkReplyMove(before, state);
    this.#states.set(id, state);
  }

  /** Once everything that happens has happened. */
  lookAtCalm(): void {
    const { tables, meta } = this.#world;
    const waiting = tables.deliveries.filter(({ state }) => state === "waiting");
    hold(waiting.length === 0, `deliveries still wait: ${waiting.map(({ id }) => id).join()}`);
    const undone = [...tables.events.values()].filter(({ state }) => state === "waiting" || state === "parked");
    hold(
      undone.length === 0,
      `events still wait: ${undone.map(({ key, stateReason }) => `${key} (${stateReason})`).join()}`,
    );
    for (const [id, { state }] of tables.events) {
      const times = tables.effects.get(id) ?? 0;
      hold(times === (state === "applied" ? 1 : 0), `the effect of ${id}, ${state}, was written ${times} times`);
    }
    const accepted = new Set(meta.accepted.map((one) => one.metadata));
    for (const thread of tables.threads.values()) {
      for (const reply of thread.replies) this.#lookAtEnd(reply, thread, accepted.has(reply.metadata));
      const { signals } = evidenceOf(thread);
      const homeless = signals.filter(({ leadId }) => leadId === null || !thread.leads.has(leadId));
      hold(
        homeless.length === 0,
        `signals of ${thread.psid} belong to no lead: ${homeless.map(({ key }) => key).join()}`,
      );
    }
  }

  #lookAtEnd({ id, state, mid, metadata }: ReplyRow, thread: Thread, isAccepted: boolean): void {
    hold(state !== "queued" && state !== "sending", `reply ${id} is still ${state}`);
    hold(state !== "cancelled" || !isAccepted, `reply ${id} was taken back and left all the same`);
    hold(state !== "sent" || mid === null || isAccepted, `reply ${id} counts as sent, and Meta has none of it`);
    const echoed = this.#world.meta.accepted.find(
      (one) => one.metadata === metadata && thread.messages.get(one.mid)?.replyId === id,
    );
    hold(echoed === undefined || state === "sent", `reply ${id} is ${state}, and its message is there`);
  }
}
