import { answerFlow, fallSilent, startFlow } from "./flow.ts";
import { REPORT_LAG } from "./flow-ending.ts";
import { acceptSend } from "./graph-send.ts";
import { type Meta, pageOf, Refusal } from "./meta.ts";
import { outsiderActs } from "./outsiders.ts";
import { phrases } from "./phrases.ts";
import type { Random } from "./random.ts";
import { disqualifying, firstQuestion, type Next, nextStep } from "./template-steps.ts";
import { runningFlow } from "./thread.ts";
import { type Ending, type Flow, PAGE_INBOX_APP, type Person, type Thread } from "./world.ts";
import type { Ad, Question } from "./world-ads.ts";

/** Whole flows, played to an ending at a time that may lie in the past. */
const SILENCE = 48 * 60 * 60 * 1000;

/** Why this ad's settings make an ending impossible, or null. */
export function impossible(ad: Ad, ending: Ending): string | null {
  if (ending === "disqualified" && !ad.questions.some((question) => disqualifying(ad, question).length > 0)) {
    return "This ad has no disqualifying answer.";
  }
  if (ending === "stopped" && ad.settings.stopKeywords.length === 0) return "This ad has no stop keywords.";
  if (ending === "interrupted_by_app" && !(ad.settings.allowsInterrupt && ad.settings.connectedAppId !== null)) {
    return "This ad does not allow the connected app to interrupt.";
  }
  return null;
}

export type Playing = { ad: Ad; person: Person; ending: Ending; endedAt: number; answers?: string[] | undefined };

export function playFlow(
  meta: Meta,
  { ad, person, ending, endedAt, answers }: Playing,
  random: Random,
): { thread: Thread; flow: Flow } {
  const reason = impossible(ad, ending);
  if (reason !== null) throw new Refusal(409, reason);
  const given = chooseAnswers(ad, person, ending, random, answers);
  const lastAt = lastAnswerAt(ending, endedAt, random);
  const times = timesBefore(lastAt, given.length, random);
  const thread = startFlow(meta, ad, person, (times[0] ?? lastAt) - 4000 - random.int(9000));
  if (runningFlow(thread)?.lastAnswerAt !== null) throw new Refusal(409, "Questions are still running in this thread.");
  given.forEach((text, index) => {
    if (runningFlow(thread) === null) throw new Refusal(409, `The flow ended before answer ${index + 1}.`);
    answerFlow(meta, thread, text, times[index] ?? lastAt);
  });
  finish(meta, thread, ad, ending, endedAt, random);
  const flow = thread.flows.at(-1);
  if (flow === undefined || flow.state === "running" || flow.ending !== ending) {
    throw new Refusal(409, `These answers do not lead to the ending ${ending}.`);
  }
  return { thread, flow };
}

function lastAnswerAt(ending: Ending, endedAt: number, random: Random): number {
  if (ending === "abandoned") return endedAt - SILENCE;
  if (ending === "complete" || ending === "disqualified") return endedAt;
  return endedAt - 6000 - random.int(20_000);
}

function timesBefore(lastAt: number, count: number, random: Random): number[] {
  const times: number[] = [];
  for (let at = lastAt; times.length < count; at -= 4000 + random.int(26_000)) times.unshift(at);
  return times;
}

/** What still has to happen when the answers alone do not end the flow. */
function finish(meta: Meta, thread: Thread, ad: Ad, ending: Ending, endedAt: number, random: Random): void {
  if (ending === "stopped") {
    answerFlow(meta, thread, ad.settings.stopKeywords[0] ?? "", endedAt - REPORT_LAG.stopped);
  } else if (ending === "abandoned") {
    fallSilent(meta, thread, endedAt);
  } else if (ending === "interrupted_by_inbox") {
    const text = random.pick(phrases[ad.language].inbox);
    outsiderActs(meta, thread, PAGE_INBOX_APP, "reply", text, endedAt - REPORT_LAG.interrupted);
  } else if (ending === "interrupted_by_app") {
    const text = random.pick(phrases[ad.language].inbox);
    const body = { recipient: { id: thread.psid }, messaging_type: "RESPONSE" as const, message: { text } };
    acceptSend(meta, pageOf(meta.world, thread.pageId), body, endedAt - REPORT_LAG.interrupted);
  }
}

/** The answers of one way through the template, as far as the ending lets it go. */
function chooseAnswers(ad: Ad, person: Person, ending: Ending, random: Random, wanted: string[] | undefined): string[] {
  const given: string[] = [];
  const most =
    ending === "complete" || ending === "disqualified"
      ? Number.POSITIVE_INFINITY
      : (wanted?.length ?? 1 + random.int(ad.questions.length - 1));
  let next: Next = firstQuestion(ad, 0);
  while (next.kind === "ask" && given.length < most) {
    const { step, question }: Next & { kind: "ask" } = next;
    const invented = inventAnswer(question, ad, person, random);
    const [out] = ending === "disqualified" ? disqualifying(ad, question) : [];
    const answer: string = out ?? wanted?.[given.length] ?? invented;
    given.push(answer);
    next = nextStep(ad, step, answer);
  }
  return given;
}

export function prefilled({ prefill }: Question, person: Person): string | null {
  if (prefill === "EMAIL") return person.email;
  if (prefill === "PHONE") return person.phone;
  return prefill === "CITY" ? person.city : null;
}

function inventAnswer(question: Question, ad: Ad, person: Person, random: Random): string {
  const known = prefilled(question, person);
  if (known !== null) return known;
  const [choice, ...choices] = question.choices.filter((text) => !disqualifying(ad, question).includes(text));
  return choice === undefined ? random.pick(phrases[ad.language].free) : random.pick([choice, ...choices]);
}
