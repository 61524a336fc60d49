import { hopContext, leadHandover, leadReferral, leadSummary, userMessage } from "./events.ts";
import { newMid } from "./ids.ts";
import { type Meta, pageOf } from "./meta.ts";
import { giveControl, hearsFlow, hearsKeyword } from "./ownership.ts";
import { tell, tellEcho, tellLabel } from "./tell.ts";
import { write } from "./thread.ts";
import { type Ending, type Flow, LEADGEN_APP, type Message, type Page, type Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** Meta's labels know three endings; a stopped or interrupted flow gets none. */
const labelAfter: Partial<Record<Ending, string>> = {
  complete: "Lead Complete",
  disqualified: "Lead Disqualified",
  abandoned: "Lead Incomplete",
};

/** How long Meta takes to report a flow that something from outside ended. */
export const REPORT_LAG = { stopped: 2000, interrupted: 1000 };

/**
 * The questions end. What the app is told, and in which order, follows from the ending and from the ad's settings.
 * `keyword` is the message that stopped the flow.
 */
export function endFlow(
  meta: Meta,
  thread: Thread,
  flow: Flow,
  ad: Ad,
  ending: Ending,
  at: number,
  keyword: Message | null,
): void {
  flow.state = "ended";
  flow.ending = ending;
  flow.endedAt = at;
  const page = pageOf(meta.world, thread.pageId);
  if (ending === "complete" || ending === "disqualified" || ending === "abandoned") {
    sayGoodbye(meta, page, thread, flow, ad, ending, at);
    handOver(meta, page, thread, flow, ad, ending === "complete", at);
  } else if (ending === "stopped") {
    stop(meta, thread, flow, ad, at, keyword);
  } else {
    report(meta, thread, flow, ad, false, at + REPORT_LAG.interrupted);
  }
  if (ad.settings.labels) endLabel(meta, thread, labelAfter[ending] ?? null, at);
  meta.changed(thread);
}

function sayGoodbye(meta: Meta, page: Page, thread: Thread, flow: Flow, ad: Ad, ending: Ending, at: number): void {
  if (ending === "abandoned") return;
  const end = ad.questions[flow.step];
  const regret = end?.isDisqualification === true ? end.text : ad.disqualification;
  const text = ending === "complete" ? ad.confirmation : regret;
  const message = write(meta, thread, { from: "leadgen", text, at });
  if (!ad.settings.blocksSendApi || ad.settings.allowsInterrupt) {
    tellEcho(meta, thread, message, LEADGEN_APP, hearsFlow(meta, page, ad));
  }
}

/** To the connected app, else to the page's default app, else to nobody. */
function handOver(meta: Meta, page: Page, thread: Thread, flow: Flow, ad: Ad, isComplete: boolean, at: number): void {
  const { connectedAppId, sendsSummary } = ad.settings;
  const appId = connectedAppId ?? page.defaultAppId;
  giveControl(thread, appId, at, connectedAppId === null ? 1 : ad.settings.controlDays);
  if (appId !== null) {
    tell(meta, thread, {
      what: "handover pass",
      item: leadHandover(thread, appId, isComplete, at),
      at,
      channel: "messaging",
      hopContext: [hopContext(appId, isComplete)],
    });
  }
  report(meta, thread, flow, ad, isComplete, at);
  if (isComplete && sendsSummary && connectedAppId === meta.world.appId) {
    const item = leadSummary(thread, newMid(meta.world), connectedAppId, flow.answers, at);
    tell(meta, thread, { what: "summary", item, at, channel: "messaging" });
  }
}

function report(meta: Meta, thread: Thread, flow: Flow, ad: Ad, isComplete: boolean, at: number): void {
  tell(meta, thread, {
    what: `referral ${isComplete ? "LEAD_COMPLETE" : "LEAD_INCOMPLETE"}`,
    item: leadReferral(thread, ad, isComplete, flow.answers, at),
    at,
    channel: "messaging",
  });
}

/** The keyword reaches the app as an ordinary message; the confirmation the person sees does not. */
function stop(meta: Meta, thread: Thread, flow: Flow, ad: Ad, at: number, keyword: Message | null): void {
  if (keyword !== null) {
    const item = userMessage(thread, keyword, flow.lastAnswerAt === null ? ad : null, null);
    const channel = hearsKeyword(meta, pageOf(meta.world, thread.pageId), ad);
    tell(meta, thread, { what: "message", item, at, channel });
  }
  giveControl(thread, null, at);
  thread.lastUserActionAt = Math.max(thread.lastUserActionAt ?? 0, at);
  if (ad.settings.stopMessage !== "") write(meta, thread, { from: "leadgen", text: ad.settings.stopMessage, at });
  report(meta, thread, flow, ad, false, at + REPORT_LAG.stopped);
}

function endLabel(meta: Meta, thread: Thread, name: string | null, at: number): void {
  if (thread.labels.includes("Lead in Progress")) tellLabel(meta, thread, "Lead in Progress", "remove", at);
  if (name !== null) tellLabel(meta, thread, name, "add", at);
}
