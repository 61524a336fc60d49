import { type GraphErrorStep, graphErrorTable } from "../lib/messenger/graph-error-table.ts";
import type { MetaEvent } from "../lib/messenger/meta-event.ts";
import { type SampleName, sampleNames } from "../lib/messenger/samples/read-sample.ts";
import { eventsOf } from "../lib/messenger/samples/sample-events.ts";
import de from "../messages/de/lead.json" with { type: "json" };
import en from "../messages/en/lead.json" with { type: "json" };
import { type EventCase, eventCases } from "./event-cases.ts";

/** The tables of docs/meta-events.md and docs/meta-errors.md, made of the code they describe. */

const MADE = "Made by `npm run docs` from the code; a test compares.";
const SAMPLES = "lib/messenger/samples";

export type EventRow = { kind: MetaEvent["kind"]; case: EventCase; samples: SampleName[] };

/** Each case with the samples that show it. What we read ourselves has no webhook, and no row. */
export function eventRows(): EventRow[] {
  const read = sampleNames.map((name) => ({ name, events: eventsOf(name) }));
  const showing = (is: (event: MetaEvent) => boolean) =>
    read.filter(({ events }) => events.some(is)).map(({ name }) => name);
  return casesOf().map(({ kind, case: one, is }) => ({ kind, case: one, samples: showing(is) }));
}

type KindCase = { kind: MetaEvent["kind"]; case: EventCase; is: (event: MetaEvent) => boolean };

function casesOf(): KindCase[] {
  return kinds(eventCases).flatMap((kind) => ofKind(kind));
}

/** A case knows only its own kind; asked about another it says no. */
function ofKind<K extends MetaEvent["kind"]>(kind: K): KindCase[] {
  type Own = Extract<MetaEvent, { kind: K }>;
  const isOwn = (event: MetaEvent): event is Own => event.kind === kind;
  const cases: readonly EventCase<Own>[] = eventCases[kind];
  return cases.map(({ name, seen, test, is }) => ({
    kind,
    case: { name, seen, test },
    is: (event) => isOwn(event) && (is === undefined || is(event)),
  }));
}

function kinds<T extends object>(record: T): (keyof T)[] {
  const isKey = (key: string): key is keyof T & string => key in record;
  return Object.keys(record).filter(isKey);
}

export function eventsPage(): string {
  const rows = eventRows().map(({ kind, case: { name, seen, test }, samples }) => [
    `\`${kind}\``,
    name,
    samples.map((sample) => `[${sample}](../${SAMPLES}/${sample}.json)`).join(", "),
    seen,
    `\`${test}\``,
  ]);
  return [
    "# What Meta sends, and what people see of it",
    "",
    `${MADE} The samples are deliveries as Meta sends them, with invented people.`,
    "",
    ...table(["Kind", "Case", "Samples", "What people see", "Proved by"], rows),
    "",
  ].join("\n");
}

const steps: Record<GraphErrorStep, string> = {
  retry: "asks again, ever more rarely; a send is not repeated",
  await_echo: "waits for Meta's echo; never sends again by itself",
  pause_page: "lets the page's calls wait until the limit has passed",
  wait: "lets only this kind of call wait until the limit has passed",
  lock_composer: "closes the composer until the person writes",
  offer_control: "looks again who has control, and offers to take or ask for it",
  await_questions: "waits for the end of the ad's questions",
  mark_unreachable: "says that the person cannot be written to",
  upload_again: "uploads the file once more",
  reconnect: "stops the page's queue and asks to reconnect it",
  checklist: "says in the settings what has to be granted at Meta",
  page_banner: "shows a banner; the page's replies wait",
  none: "says the sentence, and nothing more",
};

export function errorsPage(): string {
  const rows = graphErrorTable.map(({ code, upTo, subcode, class: kind, word, step, tries }) => [
    code === null ? "any" : upTo === undefined ? String(code) : `${code}–${upTo}`,
    subcode === null ? "" : String(subcode),
    kind,
    en.error[word],
    de.error[word],
    `${steps[step]}${tries === undefined ? "" : `; a read is tried ${tries.times} times, then ${steps[tries.step]}`}`,
  ]);
  return [
    "# Meta's errors, and what the product does",
    "",
    `${MADE} The column *Does* speaks of sends. An error that is in no row fails safe: a send with one counts as unclear`,
    "and is never repeated by itself, a read is tried again, and the sentence says that we do not know why.",
    "",
    ...table(["Code", "Subcode", "Class", "English", "German", "Does"], rows),
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
