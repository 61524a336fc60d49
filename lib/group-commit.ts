/**
 * Many small commits made one: what arrives in the same moment goes together, and while a batch is under way the next
 * items gather, to go the moment it returns. Nothing is held back for company, so that a lone item leaves at once. What
 * waits is bounded by count and by bytes, and nobody waits longer than promised.
 */
export type Limits = {
  /** Waiting and under way. */
  items: number;
  bytes: number;
  /** In one batch. */
  together: number;
  bytesTogether: number;
  patienceMs: number;
};

export type GroupCommitOptions<Item> = {
  /** All or nothing. */
  commit: (items: readonly Item[]) => Promise<void>;
  /** Whether a batch may have failed for what one of its items is; then each is tried alone. */
  isOnesOwnFault: (cause: unknown) => boolean;
  limits: Limits;
};

/** Why something was not even tried, or nobody knows yet whether it worked. */
class NotCommitted extends Error {
  override readonly name = "NotCommitted";
  readonly code: "full" | "late";
  constructor(code: "full" | "late") {
    super(code);
    this.code = code;
  }
}

type Waiting<Item> = {
  item: Item;
  bytes: number;
  isSettled: boolean;
  settle: (cause?: unknown) => void;
};

/** A batch this old, while anything waits, is stuck. */
const STUCK_MS = 5_000;
const FAILING_MS = 5_000;

export class GroupCommit<Item> {
  readonly #options: GroupCommitOptions<Item>;
  #waiting: Waiting<Item>[] = [];
  #items = 0;
  #bytes = 0;
  /** When the batch under way began, or will begin. */
  #busySince: number | null = null;
  #failedAt: number | null = null;

  constructor(options: GroupCommitOptions<Item>) {
    this.#options = options;
  }

  /** Resolves once the item is committed; rejects when it is not, or when nobody can say in time. */
  add(item: Item, bytes: number): Promise<void> {
    const { limits } = this.#options;
    const isFull = this.#items >= limits.items || (this.#items > 0 && this.#bytes + bytes > limits.bytes);
    if (isFull) return Promise.reject(new NotCommitted("full"));
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => this.#leave(waiting), limits.patienceMs);
      const waiting: Waiting<Item> = {
        item,
        bytes,
        isSettled: false,
        settle: (cause) => {
          if (waiting.isSettled) return;
          waiting.isSettled = true;
          clearTimeout(patience);
          if (cause === undefined) resolve();
          else reject(cause);
        },
      };
      this.#items += 1;
      this.#bytes += bytes;
      this.#waiting.push(waiting);
      this.#begin();
    });
  }

  /** Why an item that came now would not be committed soon; null when nothing speaks against it. */
  get trouble(): "full" | "stuck" | "failing" | null {
    const { limits } = this.#options;
    const now = performance.now();
    if (this.#items >= limits.items || this.#bytes >= limits.bytes) return "full";
    if (this.#busySince !== null && now - this.#busySince > STUCK_MS) return "stuck";
    return this.#failedAt !== null && now - this.#failedAt < FAILING_MS ? "failing" : null;
  }

  /**
   * After this turn of the event loop: what arrived in the same moment as the first goes with it. One at a time: a
   * second batch on its way to the same disk made both smaller, and all of them later.
   */
  #begin(): void {
    if (this.#busySince !== null) return;
    this.#busySince = performance.now();
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#busySince = performance.now();
      await this.#commit(this.#take());
    }
    this.#busySince = null;
  }

  #take(): Waiting<Item>[] {
    const { together, bytesTogether } = this.#options.limits;
    let count = 0;
    let bytes = 0;
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes;
      if (count === together || (count > 0 && bytes > bytesTogether)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(batch: readonly Waiting<Item>[]): Promise<void> {
    const cause = await this.#attempt(batch);
    if (cause !== undefined && batch.length > 1 && this.#options.isOnesOwnFault(cause)) {
      for (const one of batch) this.#finish([one], await this.#attempt([one]));
      return;
    }
    this.#finish(batch, cause);
  }

  /** Undefined when it worked. */
  async #attempt(batch: readonly Waiting<Item>[]): Promise<unknown> {
    try {
      await this.#options.commit(batch.map(({ item }) => item));
      this.#failedAt = null;
      return undefined;
    } catch (cause) {
      if (!this.#options.isOnesOwnFault(cause)) this.#failedAt = performance.now();
      return cause ?? new Error("The commit failed.");
    }
  }

  #finish(batch: readonly Waiting<Item>[], cause: unknown): void {
    for (const { bytes, settle } of batch) {
      this.#items -= 1;
      this.#bytes -= bytes;
      settle(cause);
    }
  }

  /** Whoever is still in the queue is not tried any more; whoever is under way counts until that has an end. */
  #leave(waiting: Waiting<Item>): void {
    const at = this.#waiting.indexOf(waiting);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
      this.#items -= 1;
      this.#bytes -= waiting.bytes;
    }
    waiting.settle(new NotCommitted("late"));
  }
}
