/** Items of deliveries in Meta's shapes, for tests that choose every time and id themselves. */
import { PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";

type Thread = { pageId: string; psid: string };
type Pair = { question: string; answer: string };

const LEADGEN = 413038776280800;
const OURS = 1122334455667788;
const ends = ({ pageId, psid }: Thread) => ({ sender: { id: psid }, recipient: { id: pageId } });
const metadata = (isComplete: boolean) => `messenger_lead_gen_${isComplete ? "complete" : "incomplete"}`;

/** Referrals and summaries count seconds. */
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

export function referral(
  thread: Thread,
  at: Date,
  lead: { isComplete: boolean; adId?: string; answers?: Pair[] },
): object {
  const { isComplete, adId, answers = [] } = lead;
  return {
    ...ends(thread),
    timestamp: seconds(at),
    referral: { source: "ADS", type: isComplete ? "LEAD_COMPLETE" : "LEAD_INCOMPLETE", ad_id: adId },
    lead: { data: answers },
  };
}

export function summary(thread: Thread, at: Date, answers: Pair[]): object {
  const lines = answers.map(({ question, answer }) => `${question}: ${answer}`);
  return {
    ...ends(thread),
    timestamp: seconds(at),
    message: { mid: `m_summary_${thread.psid}_${seconds(at)}`, text: ["Lead summary:", ...lines].join("\n") },
    hop_context: { app_id: OURS, metadata: metadata(true) },
  };
}

export function leadHandover(thread: Thread, at: Date, isComplete: boolean): object {
  return {
    ...ends(thread),
    timestamp: at.getTime(),
    pass_thread_control: { previous_owner_app_id: LEADGEN, new_owner_app_id: OURS, metadata: metadata(isComplete) },
  };
}

export function userMessage(thread: Thread, at: Date, mid: string, text: string): object {
  return { ...ends(thread), timestamp: at.getTime(), message: { mid, text } };
}

export function takenByInbox(thread: Thread, at: Date, from: number | null): object {
  return {
    ...ends(thread),
    timestamp: at.getTime(),
    take_thread_control: { previous_owner_app_id: from, new_owner_app_id: PAGE_INBOX_APP_ID, metadata: "" },
  };
}

export function delivery(pageId: string, ...items: object[]): object {
  return { object: "page", entry: [{ id: pageId, time: Date.now(), messaging: items }] };
}
