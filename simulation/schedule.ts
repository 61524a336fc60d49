/** A clock that jumps from one thing to the next. Of two at one moment the one that was planned first comes first. */
type Planned = { at: number; number: number; run: () => void };

export class Schedule {
  now: number;
  readonly #planned: Planned[] = [];
  #count = 0;

  constructor(now: number) {
    this.now = now;
  }

  after(ms: number, run: () => void): void {
    this.#count += 1;
    const one = { at: this.now + Math.max(0, ms), number: this.#count, run };
    // The latest stand first, so that the next one is taken from the end.
    let [low, high] = [0, this.#planned.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#planned[middle];
      if (other !== undefined && other.at > one.at) low = middle + 1;
      else high = middle;
    }
    this.#planned.splice(low, 0, one);
  }

  /** False when nothing is planned any more. */
  step(): boolean {
    const next = this.#planned.pop();
    if (next === undefined) return false;
    this.now = Math.max(this.now, next.at);
    next.run();
    return true;
  }
}
