/**
 * A lead becomes cells. The first columns bear the names sales teams know from Meta's own lead files; after
 * them one column per question text. All cells are text: ids are longer than a spreadsheet's numbers.
 */

import type { ExportLead } from "#lib/leads/export-lead.ts";
import { formatLeadRef } from "#lib/leads/lead-ref.ts";
import { zonedIso } from "#lib/leads/zoned-time.ts";

/** The nth time one lead answers this question. */
export type AskedQuestion = { question: string; repeat: number };

export type Columns = { headers: string[]; questions: AskedQuestion[]; timeZone: string };

type FixedColumn = { name: string; value: (lead: ExportLead, time: (at: Date | null) => string) => string };

const fixedColumns: readonly FixedColumn[] = [
  { name: "id", value: (lead) => formatLeadRef(lead) },
  { name: "created_time", value: (lead, time) => time(lead.at) },
  { name: "received_time", value: (lead, time) => time(lead.receivedAt) },
  { name: "page_id", value: (lead) => lead.pageId },
  { name: "page_name", value: (lead) => lead.page.name },
  { name: "platform", value: (lead) => lead.platform },
  { name: "ad_id", value: (lead) => lead.ad?.id ?? "" },
  // Messenger tells an ad's title only; the other names come where Meta shows them to the page's token.
  { name: "ad_name", value: (lead) => lead.ad?.name ?? "" },
  { name: "ad_title", value: (lead) => lead.ad?.title ?? "" },
  { name: "campaign_id", value: (lead) => lead.ad?.campaignId ?? "" },
  { name: "campaign_name", value: (lead) => lead.ad?.campaignName ?? "" },
  { name: "lead_status", value: (lead) => lead.status },
  { name: "lead_reason", value: (lead) => lead.reason ?? "" },
  { name: "psid", value: (lead) => lead.psid ?? "" },
  { name: "full_name", value: (lead) => lead.fullName ?? "" },
  { name: "assignee", value: (lead) => lead.assignee ?? "" },
  { name: "stage", value: (lead) => lead.stage },
  { name: "first_response_seconds", value: (lead) => lead.firstResponseSeconds?.toString() ?? "" },
  { name: "last_customer_message_time", value: (lead, time) => time(lead.lastInboundAt) },
  { name: "window_closes_time", value: (lead, time) => time(lead.windowClosesAt) },
];

/** The columns of a file whose leads were asked these questions, each name once. */
export function columnsOf(questions: readonly AskedQuestion[], timeZone: string): Columns {
  const taken = new Set(fixedColumns.map(({ name }) => name));
  const headers = [...taken];
  for (const { question, repeat } of questions) {
    const header = freeHeader(question, repeat, taken);
    taken.add(header);
    headers.push(header);
  }
  return { headers, questions: [...questions], timeZone };
}

/** One lead as a row under these columns. */
export function cellsOf(lead: ExportLead, columns: Columns): string[] {
  const time = (at: Date | null) => (at === null ? "" : zonedIso(at, columns.timeZone));
  const given = new Map(asked(lead.answers).map((each) => [keyOf(each), each.answer]));

  const cells = fixedColumns.map(({ value }) => value(lead, time));
  for (const question of columns.questions) {
    const key = keyOf(question);
    cells.push(given.get(key) ?? "");
    given.delete(key);
  }
  // A column can't be added to a file that is on its way; half an answer sheet must not look whole.
  if (given.size > 0) throw new Error("a lead got an answer to a question that came up while the file was written");
  return cells;
}

/** Answers with the count of each question inside their lead. */
export function asked<A extends { question: string }>(answers: readonly A[]): (A & AskedQuestion)[] {
  const counts = new Map<string, number>();
  return answers.map((answer) => {
    const repeat = (counts.get(answer.question) ?? 0) + 1;
    counts.set(answer.question, repeat);
    return { ...answer, repeat };
  });
}

/** A question may be worded like one of our columns, or like the repeat of another: headers stay distinct. */
function freeHeader(question: string, repeat: number, taken: ReadonlySet<string>): string {
  for (let n = repeat; ; n++) {
    const header = n === 1 ? question : `${question} (${n})`;
    if (!taken.has(header)) return header;
  }
}

function keyOf({ question, repeat }: AskedQuestion): string {
  return `${repeat}:${question}`;
}
