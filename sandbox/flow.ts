import { userMessage } from "./events.ts";
import { endFlow } from "./flow-ending.ts";
import { adOf, type Meta, pageOf, Refusal } from "./meta.ts";
import { giveControl, noteUserAction } from "./ownership.ts";
import { tell, tellEcho, tellLabel } from "./tell.ts";
import { openThread, runningFlow, write } from "./thread.ts";
import { type Flow, LEADGEN_APP, type Person, type Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** Whether the app hears what is said while the questions run. */
export function isOverheard({ settings }: Ad): boolean {
  return !settings.blocksSendApi || settings.allowsInterrupt;
}

/** The person taps an ad: the first question appears on the phone, and nobody else knows yet. */
export function startFlow(meta: Meta, ad: Ad, person: Person, at: number): Thread {
  if (person.pageId !== ad.pageId) throw new Refusal(409, `Ad ${ad.id} belongs to another page than ${person.psid}.`);
  const thread = openThread(meta.world, person);
  const running = runningFlow(thread);
  if (running !== null && running.answers.length > 0) {
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
  ask(meta, thread, ad, 0, at);
  return thread;
}

function ask(meta: Meta, thread: Thread, ad: Ad, step: number, at: number): void {
  const question = ad.questions[step];
  if (question === undefined) return;
  const quickReplies = question.choices.map((title) => ({ title, payload: null }));
  const message = write(meta, thread, { from: "leadgen", text: question.text, quickReplies, at });
  if (step > 0 && isOverheard(ad)) tellEcho(meta, thread, message, LEADGEN_APP, "messaging");
}

function isStopKeyword({ settings }: Ad, text: string): boolean {
  const said = text.trim().toLowerCase();
  return settings.stopKeywords.some((keyword) => keyword.toLowerCase() === said);
}

/** The person writes while the questions run. */
export function answerFlow(meta: Meta, thread: Thread, text: string, at: number): void {
  const flow = runningFlow(thread);
  if (flow === null) throw new Refusal(409, "No questions are running in this thread.");
  const ad = adOf(meta.world, flow.adId);
  const isFirst = flow.answers.length === 0;
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
    tell(meta, thread, { what: "message", item, at, channel: "messaging" });
  }
  keepAnswer(meta, thread, flow, ad, text, at);
}

/** One of Meta's four labels holds at a time. */
function beginLabel(meta: Meta, thread: Thread, at: number): void {
  for (const old of [...thread.labels]) tellLabel(meta, thread, old, "remove", at);
  tellLabel(meta, thread, "Lead in Progress", "add", at);
}

function keepAnswer(meta: Meta, thread: Thread, flow: Flow, ad: Ad, text: string, at: number): void {
  const question = ad.questions[flow.step];
  if (question === undefined) throw new Refusal(409, "This ad has no further question.");
  flow.answers.push({ question: question.text, answer: text });
  flow.lastAnswerAt = at;
  if (question.disqualifies.includes(text)) {
    endFlow(meta, thread, flow, ad, "disqualified", at, null);
    return;
  }
  flow.step += 1;
  if (flow.step < ad.questions.length) ask(meta, thread, ad, flow.step, at);
  else endFlow(meta, thread, flow, ad, "complete", at, null);
}

/** Two days without an answer: Meta ends the flow. */
export function fallSilent(meta: Meta, thread: Thread, at: number): void {
  const flow = runningFlow(thread);
  if (flow === null) throw new Refusal(409, "No questions are running in this thread.");
  if (flow.answers.length === 0)
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
