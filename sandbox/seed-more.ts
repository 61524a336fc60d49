import { personReads, personWrites, plainly } from "./conversation.ts";
import { type Meta, Refusal } from "./meta.ts";
import { submitForm } from "./meta-acts.ts";
import { outsiderActs } from "./outsiders.ts";
import { newPerson } from "./people.ts";
import { chooseTopic, react } from "./person-acts.ts";
import { gesture, inboxTalk, otherApp } from "./play-scenes.ts";
import { type Random, randomFrom } from "./random.ts";
import { inventLead } from "./seed-forms.ts";
import { tellLabel } from "./tell.ts";
import { openThread, runningFlow } from "./thread.ts";
import { INSTAGRAM_INBOX_APP, type Person, type Thread } from "./world.ts";

/** What else happens in a busy week: gestures, labels, other apps, Instant Forms, and people of Instagram. */
export type Visit = { person: Person; endedAt: number };
type Step = { at: number; play(): void };
type Week = { from: number; to: number; seed: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export function moreOfTheWeek(meta: Meta, visits: readonly Visit[], { from, to, seed }: Week): Step[] {
  const random = randomFrom(`${seed}|more|${visits.length}`);
  const steps: Step[] = [];
  const add = (at: number, play: () => void) => {
    if (at < to) steps.push({ at, play: () => unlessImpossible(play) });
  };
  const forms = (index: number, at: number) => add(at, () => submitOne(meta, at, index, seed));
  visits.forEach(({ person, endedAt }, index) => {
    const at = endedAt + 3 * MINUTE + Math.round(random.next() * 18 * HOUR);
    const scene = { meta, at, random: randomFrom(`${seed}|more|${index}`) };
    if (index % 5 === 1) add(at, () => quietly(meta, person, (thread) => gesture(scene, thread)));
    if (index % 20 === 7) add(at, () => quietly(meta, person, (thread) => stick(meta, thread, at)));
    if (index % 25 === 11) add(at, () => quietly(meta, person, (thread) => inboxTalk(scene, thread)));
    if (index % 40 === 17) add(at, () => quietly(meta, person, (thread) => otherApp(scene, thread)));
    if (index % 50 === 33) optOut(meta, person, at, add);
    if (index % 24 === 17) forms(index, timeIn(from, to, random));
    if (index % 40 === 21) instagram(meta, timeIn(from, to, random), scene.random, add);
  });
  return steps;
}

const timeIn = (from: number, to: number, random: Random) => Math.round(from + (to - from) * random.next());

/** In a thread where it can happen: the person wrote, and no questions run. */
function quietly(meta: Meta, person: Person, play: (thread: Thread) => void): void {
  const thread = meta.world.threads[person.psid];
  if (thread === undefined || thread.lastUserActionAt === null || runningFlow(thread) !== null) return;
  play(thread);
}

/** A week drawn by chance wants things that the world does not allow just then. */
function unlessImpossible(play: () => void): void {
  try {
    play();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function stick(meta: Meta, thread: Thread, at: number): void {
  const names = ["Rückruf", "VIP", "Angebot raus"];
  const name = names[thread.messages.length % names.length] ?? "VIP";
  if (!thread.labels.includes(name)) tellLabel(meta, thread, name, "add", at);
}

type Add = (at: number, play: () => void) => void;

function optOut(meta: Meta, person: Person, at: number, add: Add): void {
  const later = at + HOUR;
  add(at, () => quietly(meta, person, (thread) => chooseTopic(meta, thread, "Angebote", "opt_in", at)));
  add(later, () => quietly(meta, person, (thread) => chooseTopic(meta, thread, "Angebote", "stop", later)));
}

function submitOne(meta: Meta, at: number, index: number, seed: string): void {
  const forms = meta.world.instantForms;
  const form = forms[index % Math.max(1, forms.length)];
  const random = randomFrom(`${seed}|form|${index}`);
  if (form !== undefined) submitForm(meta, inventLead({ meta, random, at }, form));
}

function instagram(meta: Meta, at: number, random: Random, add: Add): void {
  const page = meta.world.pages.find(({ instagramId }) => instagramId !== null);
  if (page === undefined) return;
  const person = newPerson(meta.world, page.id, random, undefined, "instagram");
  const thread = () => openThread(meta.world, person);
  add(at, () => personWrites(meta, thread(), plainly("Hi! Ist das auch für ein Flachdach etwas?"), at));
  const later = at + 40 * MINUTE;
  add(later, () => {
    outsiderActs(meta, thread(), INSTAGRAM_INBOX_APP, "reply", "Ja, sehr gern sogar.", later);
    personReads(meta, thread(), later + MINUTE);
    const reply = thread().messages.at(-1);
    if (reply !== undefined) react(meta, thread(), reply.mid, "❤️", later + MINUTE);
  });
}
