/** People who answer an ad's questions and talk on, the Page Inbox, and another app: what happens at Meta, in Meta's shapes. */
import { POISON } from "./apply.ts";
import { type Conversation, INBOX, LEADGEN, OTHER_APP } from "./meta.ts";
import { HOUR, MINUTE, SECOND } from "./spans.ts";
import { OUR_APP } from "./thread.ts";
import type { World } from "./world.ts";

const questions = ["Do you own the house?", "Your postcode?", "When shall we call?"];
const replies = ["Yes", "No", "70173", "10115", "tomorrow", "Yes "];

/** Somebody's whole story, planned ahead as far as it does not depend on ours. */
export function live(world: World, person: Conversation): void {
  const { random, schedule } = world;
  const flows = 1 + (random.chance(0.3) ? 1 : 0);
  let begin = random.below(world.span / 5);
  for (let flow = 0; flow < flows; flow += 1) {
    schedule.after(begin, () => startFlow(world, person));
    begin += random.below(random.chance(0.5) ? HOUR : world.span);
  }
  for (let act = random.between(4, 12); act > 0; act -= 1) {
    schedule.after(random.below(world.span), () => doSomething(world, person));
  }
}

const ends = ({ pageId, psid }: Conversation) => ({ sender: { id: psid }, recipient: { id: pageId } });
const echoEnds = ({ pageId, psid }: Conversation) => ({ sender: { id: pageId }, recipient: { id: psid } });
const outcomeMark = (isComplete: boolean) => `messenger_lead_gen_${isComplete ? "complete" : "incomplete"}`;

/** On which channel we hear of what happens in a thread; on both at times. */
function hear(world: World, person: Conversation, item: object): void {
  const isOurs = person.owner === null || person.owner === OUR_APP;
  world.meta.tell(person, isOurs ? "messaging" : "standby", item);
  if (world.random.chance(0.1)) world.meta.tell(person, isOurs ? "standby" : "messaging", item);
}

function says(world: World, person: Conversation, text: string, isHeard = true): void {
  const { meta, now } = world;
  const mid = meta.newMid();
  person.lastActionAt = now;
  person.messages.push({ mid, at: now, isFromPerson: true, text });
  world.log(person.psid, `says ${mid} "${text}"`);
  if (isHeard) hear(world, person, { ...ends(person), timestamp: meta.time(now), message: { mid, text } });
}

/** The page's side, but not we. */
function echoes(world: World, person: Conversation, appId: string, text: string, isHeard = true): void {
  const { meta, now } = world;
  const mid = meta.newMid();
  person.messages.push({ mid, at: now, isFromPerson: false, text });
  const message = { mid, is_echo: true, app_id: Number(appId), text };
  if (isHeard) hear(world, person, { ...echoEnds(person), timestamp: meta.time(now), message });
}

function startFlow(world: World, person: Conversation): void {
  const { random } = world;
  const isHeard = random.chance(0.6);
  const asked = random.between(1, questions.length + 1);
  const flow = { ad: random.pick(["120231", "120232"]), isHeard, given: [], asked, isStopped: random.chance(0.25) };
  person.owner = LEADGEN;
  world.log(person.psid, `begins the questions of ${flow.ad}${isHeard ? "" : " unheard"}`);
  says(world, person, "Start", isHeard);
  ask(world, person, flow);
}

type Flow = {
  ad: string;
  isHeard: boolean;
  given: { question: string; answer: string }[];
  asked: number;
  isStopped: boolean;
};

function ask(world: World, person: Conversation, flow: Flow) {
  const { random, schedule } = world;
  const question = questions[flow.given.length] ?? "";
  // Somebody took the thread meanwhile: Meta ends the questions.
  if (person.owner !== LEADGEN) return end(world, person, flow, false);
  const isLast = flow.given.length >= flow.asked;
  if (isLast) return end(world, person, flow, !flow.isStopped);
  schedule.after(random.below(SECOND), () => {
    echoes(world, person, LEADGEN, question, flow.isHeard);
    if (flow.isStopped && random.chance(0.4)) {
      const silence = random.chance(0.5) ? 48 * HOUR : 10 * MINUTE;
      schedule.after(silence, () => end(world, person, flow, false));
      return;
    }
    schedule.after(random.between(2 * SECOND, 5 * MINUTE), () => {
      const answer = random.any(replies) ?? "";
      flow.given.push({ question, answer });
      says(world, person, answer, flow.isHeard);
      ask(world, person, flow);
    });
  });
}

/** Up to three signals, each of which may be lost, late, or left out by Meta. */
function end(world: World, person: Conversation, { ad, given }: Flow, isComplete: boolean): void {
  const { random, meta, now, schedule } = world;
  const wasLeadgen = person.owner === LEADGEN;
  const next = random.pick([OUR_APP, OUR_APP, INBOX]);
  world.log(person.psid, `ends the questions, ${isComplete ? "complete" : "incomplete"}`);
  const seconds = Math.floor(now / SECOND);
  const which = random.pick(["RSH", "RSH", "RSH", "RH", "R", "H", "SH"]);
  if (which.includes("R")) {
    const type = isComplete ? "LEAD_COMPLETE" : "LEAD_INCOMPLETE";
    const referral = { source: "ADS", type, ad_id: random.chance(0.9) ? ad : undefined };
    meta.tell(person, "messaging", { ...ends(person), timestamp: seconds, referral, lead: { data: given } });
  }
  if (which.includes("S") && isComplete) {
    const text = ["Lead summary:", ...given.map(({ question, answer }) => `${question}: ${answer}`)].join("\n");
    const hop_context = { app_id: Number(OUR_APP), metadata: outcomeMark(true) };
    meta.tell(person, "messaging", {
      ...ends(person),
      timestamp: seconds,
      message: { mid: meta.newMid(), text },
      hop_context,
    });
  }
  if (which.includes("H") && wasLeadgen) {
    const pass_thread_control = {
      previous_owner_app_id: LEADGEN,
      new_owner_app_id: next,
      metadata: outcomeMark(isComplete),
    };
    meta.tell(person, "messaging", { ...ends(person), timestamp: now, pass_thread_control });
  }
  if (wasLeadgen) person.owner = which.includes("H") ? next : null;
  if (random.chance(0.5))
    label(world, person, isComplete ? "Lead Complete" : random.pick(["Lead Disqualified", "Lead Incomplete"]));
  if (wasLeadgen && isComplete && random.chance(0.5))
    schedule.after(200, () => echoes(world, person, LEADGEN, "Thank you!"));
}

function label(world: World, { pageId, psid }: Conversation, name: string): void {
  const value = { user: { id: psid }, action: "add", label: { id: name.length, page_label_name: name } };
  world.meta.tell({ pageId }, "changes", { field: "inbox_labels", value });
}

/** One of the many things that happen in a thread besides. */
function doSomething(world: World, person: Conversation) {
  const { random, meta, now } = world;
  const at = () => ({ ...ends(person), timestamp: meta.time(now) });
  switch (random.below(12)) {
    case 0:
      return says(world, person, world.fails(0.2) ? `${POISON} ${now}` : `Hello ${now}`);
    case 1:
    case 2:
    case 3:
      return says(world, person, random.any(["Hello", "When?", "Thanks", "STOP"]) ?? "");
    case 4: {
      const mid = random.any(person.messages)?.mid ?? "m_0";
      person.lastActionAt = now;
      const reaction = { mid, action: random.chance(0.7) ? "react" : "unreact", emoji: "👍", reaction: "like" };
      return hear(world, person, { ...at(), reaction });
    }
    case 5:
      person.lastActionAt = now;
      return hear(world, person, { ...at(), postback: { mid: meta.newMid(), title: "Book", payload: "BOOK" } });
    case 6:
      person.lastActionAt = now;
      return hear(world, person, {
        ...ends(person),
        timestamp: meta.time(now, 2 * HOUR),
        referral: { source: "SHORTLINK", type: "OPEN_THREAD", ref: "flyer" },
      });
    case 7: {
      const message = random.any(person.messages.filter((one) => one.isFromPerson && one.text !== null));
      if (message === undefined) return;
      message.text = null;
      return hear(world, person, { ...at(), message: { mid: message.mid, is_deleted: true } });
    }
    case 8:
      return hear(world, person, { ...at(), read: { watermark: now } });
    case 9:
      return takeOver(world, person, INBOX);
    case 10:
      return random.chance(0.3) ? takeOver(world, person, OTHER_APP) : pass(world, person, OUR_APP);
    default:
      return meta.babble();
  }
}

function takeOver(world: World, person: Conversation, by: string): void {
  const { meta, now, random } = world;
  const take_thread_control = { previous_owner_app_id: person.owner ?? undefined, new_owner_app_id: by, metadata: "" };
  person.owner = by;
  world.log(by === INBOX ? "inbox" : "other app", `takes ${person.psid}`);
  meta.tell(person, "messaging", { ...ends(person), timestamp: now, take_thread_control });
  if (random.chance(0.7)) echoes(world, person, by, random.any(["Jana here.", "We call you."]) ?? "");
  if (random.chance(0.7)) world.schedule.after(random.below(6 * HOUR), () => pass(world, person, OUR_APP));
}

export function pass(world: World, person: Conversation, to: string): void {
  const { meta, now } = world;
  if (person.owner === to || person.owner === LEADGEN) return;
  const pass_thread_control = { previous_owner_app_id: person.owner ?? undefined, new_owner_app_id: to, metadata: "" };
  person.owner = to;
  meta.tell(person, "messaging", { ...ends(person), timestamp: now, pass_thread_control });
}
