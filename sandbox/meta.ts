import type { Page, Person, Thread, Update, World } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** What the parts of this Meta share: the world, the clock, and whom to tell when something happened. */
export type Meta = {
  world: World;
  now(): number;
  emit(update: Update): void;
  changed(thread: Thread): void;
  /** Something else changed that must survive a restart. */
  saved(): void;
  /** Where this Meta is reached, and where its deliveries go. */
  address(): string;
  webhookUrl: string;
  /** Pages, ads or forms are others now. */
  worldChanged(): void;
};

/** Something that cannot be done, in a sentence for whoever asked through the control interface. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function pageOf(world: World, pageId: string): Page {
  const page = world.pages.find(({ id }) => id === pageId);
  if (page === undefined) throw new Refusal(404, `There is no page ${pageId}.`);
  return page;
}

export function adOf(world: World, adId: string): Ad {
  const ad = world.ads.find(({ id }) => id === adId);
  if (ad === undefined) throw new Refusal(404, `There is no ad ${adId}.`);
  return ad;
}

export function personOf(world: World, pageId: string, psid: string): Person {
  const person = world.people[psid];
  if (person === undefined || person.pageId !== pageId) {
    throw new Refusal(404, `Page ${pageId} knows nobody with the PSID ${psid}.`);
  }
  return person;
}

export function threadOf(world: World, pageId: string, psid: string): Thread {
  const thread = world.threads[psid];
  if (thread === undefined || thread.pageId !== pageId) {
    throw new Refusal(404, `There is no thread of page ${pageId} with ${psid}.`);
  }
  return thread;
}
