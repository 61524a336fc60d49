/** Processes that run the jobs, and what happens to processes: killed at any step, stopped past a lease, several at once. */

import { MINUTE, SECOND } from "./spans.ts";
import { type Job, type Luck, Outage, type Work, works } from "./workers.ts";
import type { World } from "./world.ts";

const LIVELOCK = 2_000;

/** Wakes every lane for which there is work, and lets nothing sleep through its time. */
export class Processes {
  readonly #world: World;
  readonly #lanes: Lane[];

  constructor(world: World) {
    this.#world = world;
    this.#lanes = works.flatMap((work) => Array.from({ length: work.lanes }, (_, lane) => new Lane(world, work, lane)));
  }

  wake(): void {
    for (const work of works) {
      const resting = this.#lanes.filter((lane) => lane.work === work && lane.isResting);
      if (resting.length === 0) continue;
      const due = work.due(this.#world);
      if (due !== null) for (const lane of resting) lane.wakeAt(due);
    }
  }

  get isResting(): boolean {
    return this.#lanes.every(({ isResting }) => isResting) && works.every((work) => work.due(this.#world) === null);
  }
}

class Lane {
  readonly work: Work;
  readonly #world: World;
  readonly #number: number;
  #job: Job | null = null;
  #alarm: number | null = null;
  #failed = 0;

  constructor(world: World, work: Work, number: number) {
    this.work = work;
    this.#world = world;
    this.#number = number;
  }

  get isResting(): boolean {
    return this.#job === null;
  }

  wakeAt(due: number): void {
    const { schedule, random, now } = this.#world;
    if (this.#alarm !== null && this.#alarm <= Math.max(due, now) + SECOND) return;
    const at = Math.max(due, now) + random.below(500);
    this.#alarm = at;
    schedule.after(at - now, () => {
      if (this.#alarm !== at) return;
      this.#alarm = null;
      this.#job ??= this.work.job(this.#world, this.#number);
      this.#go();
    });
  }

  #go() {
    const world = this.#world;
    if (this.#job === null) return;
    if (world.fails(0.01)) return this.#die();
    if (world.fails(0.006)) {
      world.log(this.work.name, "is stopped for a while");
      world.schedule.after(world.random.between(5 * SECOND, 2 * MINUTE), () => this.#step());
      return;
    }
    this.#step();
  }

  /** What it held stays held until its lease ends. */
  #die(): void {
    this.#world.log(this.work.name, "is killed");
    this.#job = null;
  }

  #step(): void {
    if (this.#job === null) return;
    try {
      const { done, value } = this.#job.next(this.#luck());
      if (done === true) this.#job = null;
      else this.#world.schedule.after(Number(value) + this.#world.random.below(20), () => this.#go());
      this.#failed = 0;
    } catch (cause) {
      this.#job = null;
      this.#failed += 1;
      if (!(cause instanceof Outage) || this.#failed > LIVELOCK) throw cause;
      this.#world.log(this.work.name, `fails: ${cause.message}`);
      // Whoever fails rests before it tries again.
      const until = this.#world.now + SECOND;
      this.#alarm = until;
      this.#world.schedule.after(SECOND, () => {
        if (this.#alarm === until) this.#alarm = null;
      });
    }
  }

  #luck(): Luck {
    const world = this.#world;
    if (world.now < world.outageUntil || world.fails(0.01)) return "refused";
    return world.fails(0.008) ? "answer lost" : "good";
  }
}
