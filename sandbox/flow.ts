import { userMessage } from "./events.ts";
import { endFlow } from "./flow-ending.ts";
import { adOf, type Meta, pageOf, personOf, Refusal } from "./meta.ts";
import { giveControl, hearsFlow, noteUserAction } from "./ownership.ts";
import { tell, tellEcho, tellLabel } from "./tell.ts";
import { firstQuestion, type Next, nextStep } from "./template-steps.ts";
import { openThread, runningFlow, write } from "./thread.ts";
import { type Flow, LEADGEN_APP, type Message, type Person, type Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** Whether the app hears what is said while the questions run. */
export function isOverheard({ settings }: Ad): boolean {
  return !settings.blocksSendApi || settings.allowsInterrupt;
}

/** The person taps an ad: the first question appears on the phone, and nobody else knows yet. */
export function startFlow(meta: Meta, ad: Ad, person: Person, at: number): Thread {
  if (person.pageId !== ad.pageId) throw new Refusal(409, `Ad ${ad.id} belongs to another page than ${person.psid}.`);
  if (person.platform === "instagram") throw new Refusal(409, "The questions of lead ads run in Messenger alone.");
  if (person.isDeleted) throw new Refusal(409, "This person's account is gone.");
  const thread = openThread(meta.world, person);
  const running = runningFlow(thread);
  if (running !== null && running.lastAnswerAt !== null) {
    if (running.adId === ad.id) return thread;
    throw new Refusal(409, "The questions of another ad are still running in this thread.");
  }
  if (running !== null) thread.flows.pop();
  thread.flows.push({
    adId: ad.id,
    state: "running",
    ending: null,
    step: 0,
    answers: [],
    startedAt: at,
    remindedAt: null,
    lastAnswerAt: null,
    endedAt: null,
  });
  write(meta, thread, { from: "leadgen", text: ad.intro, at });
  const first = firstQuestion(ad, 0);
  if (first.kind === "ask") ask(meta, thread, ad, first, at);
  return thread;
}

function ask(meta: Meta, thread: Thread, ad: Ad, { step, question }: Next & { kind: "ask" }, at: number): void {
  const flow = runningFlow(thread);
  if (flow === null) return;
  flow.step = step;
  const skip = question.allowsSkip ? [skipWord(ad)] : [];
  const quickReplies = [...question.choices, ...skip].map((title) => ({ title, payload: null }));
  const message = write(meta, thread, { from: "leadgen", text: question.text, quickReplies, at });
  if (flow.lastAnswerAt !== null) overhear(meta, thread, ad, message, at);
}

function overhear(meta: Meta, thread: Thread, ad: Ad, message: Message, at: number): void {
  if (!isOverheard(ad)) return;
  const channel = hearsFlow(meta, pageOf(meta.world, thread.pageId), ad);
  if (message.from === "leadgen") tellEcho(meta, thread, message, LEADGEN_APP, channel);
  else tell(meta, thread, { what: "message", item: userMessage(thread, message, null, null), at, channel });
}

/** What the button says that passes a question over. */
const skipWord = ({ language }: Ad) => (language === "de" ? "Überspringen" : "Skip");

function isStopKeyword({ settings }: Ad, text: string): boolean {
  const said = text.trim().toLowerCase();
  return settings.stopKeywords.some((keyword) => keyword.toLowerCase() === said);
}

/** The person writes while the questions run. */
export function answerFlow(meta: Meta, thread: Thread, text: string, at: number): void {
  const flow = runningFlow(thread);
  if (flow === null) throw new Refusal(409, "No questions are running in this thread.");
  const ad = adOf(meta.world, flow.adId);
  const question = ad.questions[flow.step];
  if (question === undefined) throw new Refusal(409, "This ad has no further question.");
  if (personOf(meta.world, thread.pageId, thread.psid).isDeleted) throw new Refusal(409, "This account is gone.");
  const isFirst = flow.lastAnswerAt === null;
  const message = write(meta, thread, { from: "person", text, at });
  if (isFirst) thread.firstAdMessageAt = Math.max(thread.firstAdMessageAt ?? 0, at);

  if (isStopKeyword(ad, text)) {
    endFlow(meta, thread, flow, ad, "stopped", at, message);
    return;
  }
  if (isFirst) {
    giveControl(thread, LEADGEN_APP, at);
    if (ad.settings.labels) beginLabel(meta, thread, at);
  }
  noteUserAction(pageOf(meta.world, thread.pageId), thread, at);
  if (isOverheard(ad)) {
    const item = userMessage(thread, message, isFirst ? ad : null, null);
    tell(meta, thread, { what: "message", item, at, channel: hearsFlow(meta, pageOf(meta.world, thread.pageId), ad) });
  }
  const isSkip = question.allowsSkip && text === skipWord(ad);
  flow.lastAnswerAt = at;
  // A question passed over is missing from the answers, or, every second time, there without one.
  if (!isSkip) flow.answers.push({ question: question.text, answer: text });
  else if (flow.step % 2 === 1) flow.answers.push({ question: question.text, answer: "" });
  goOn(meta, thread, flow, ad, nextStep(ad, flow.step, isSkip ? null : text), at);
}

/** The person passes a question over, where the template allows it. */
export function skipQuestion(meta: Meta, thread: Thread, at: number): void {
  const flow = runningFlow(thread);
  if (flow === null) throw new Refusal(409, "No questions are running in this thread.");
  const ad = adOf(meta.world, flow.adId);
  if (ad.questions[flow.step]?.allowsSkip !== true) throw new Refusal(409, "This question cannot be skipped.");
  answerFlow(meta, thread, skipWord(ad), at);
}

/** One of Meta's four labels holds at a time. */
function beginLabel(meta: Meta, thread: Thread, at: number): void {
  for (const old of thread.labels.filter((name) => name.startsWith("Lead "))) {
    tellLabel(meta, thread, old, "remove", at);
  }
  tellLabel(meta, thread, "Lead in Progress", "add", at);
}

function goOn(meta: Meta, thread: Thread, flow: Flow, ad: Ad, next: Next, at: number): void {
  if (next.kind === "ask") {
    ask(meta, thread, ad, next, at);
    return;
  }
  flow.step = (next.kind === "disqualified" ? next.step : null) ?? flow.step + 1;
  endFlow(meta, thread, flow, ad, next.kind, at, null);
}

/** The template's reminder, in a flow that has been silent for a while. */
export function remind(meta: Meta, thread: Thread, at: number): void {
  const flow = runningFlow(thread);
  if (flow === null) throw new Refusal(409, "No questions are running in this thread.");
  const ad = adOf(meta.world, flow.adId);
  if (ad.reminder === null) throw new Refusal(409, "This ad's template has no reminder.");
  if (flow.remindedAt !== null) throw new Refusal(409, "The reminder was sent already.");
  flow.remindedAt = at;
  const message = write(meta, thread, { from: "leadgen", text: ad.reminder, at });
  if (flow.lastAnswerAt !== null) overhear(meta, thread, ad, message, at);
}

/** Two days without an answer: Meta ends the flow. */
export function fallSilent(meta: Meta, thread: Thread, at: number): void {
  const flow = runningFlow(thread);
  if (flow === null) throw new Refusal(409, "No questions are running in this thread.");
  if (flow.lastAnswerAt === null)
    throw new Refusal(409, "Nothing was answered yet: the business will never hear of this tap.");
  endFlow(meta, thread, flow, adOf(meta.world, flow.adId), "abandoned", at, null);
}

/** For a flow nobody was told about: everything in it happened `earlier` milliseconds ago. */
export function moveBack(thread: Thread, flow: Flow, earlier: number): void {
  for (const message of thread.messages) {
    if (message.at < flow.startedAt) continue;
    message.at -= earlier;
    message.deliveredAt = message.readAt = message.at;
  }
  thread.messages.sort((a, b) => a.at - b.at);
  if (thread.firstAdMessageAt !== null) thread.firstAdMessageAt -= earlier;
  if (thread.lastUserActionAt !== null) thread.lastUserActionAt -= earlier;
  if (flow.lastAnswerAt !== null) flow.lastAnswerAt -= earlier;
  flow.startedAt -= earlier;
}
