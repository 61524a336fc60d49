import { parseLosslessJson } from "#lib/messenger/lossless-json.ts";
import { readMetaId } from "#lib/messenger/meta-id.ts";
import { isRecord } from "#lib/messenger/record.ts";
import { readText } from "#lib/messenger/storable-text.ts";
import type { Finding, OpenQuestion } from "./open-question.ts";

/** What one kept delivery says about the open questions of one page. */
export function readFindings(body: Uint8Array, pageId: string): Finding[] {
  const json = parseLosslessJson(body);
  const entries: unknown[] = isRecord(json) && Array.isArray(json.entry) ? json.entry : [];
  const isInstagram = isRecord(json) && json.object === "instagram";
  return entries.flatMap((entry) => (isRecord(entry) ? fromEntry(entry, pageId, isInstagram) : []));
}

type Fields = Record<string, unknown>;

function fromEntry(entry: Fields, pageId: string, isInstagram: boolean): Finding[] {
  const entryId = readMetaId(entry.id);
  return (["messaging", "standby"] as const)
    .flatMap((channel) =>
      itemsIn(entry[channel]).flatMap((item) => {
        const recipient = isRecord(item.recipient) ? readMetaId(item.recipient.id) : null;
        if (recipient !== pageId && entryId !== pageId) return [];
        return [
          ...fromReferral(item, { channel, isInstagram, isSameId: recipient === entryId }),
          ...fromHops(item, entry),
          ...fromSummary(item),
        ];
      }),
    )
    .concat(entryId === pageId ? itemsIn(entry.changes).flatMap(fromLabel) : []);
}

function fromReferral(
  item: Fields,
  { channel, isInstagram, isSameId }: { channel: string; isInstagram: boolean; isSameId: boolean },
): Finding[] {
  if (!isRecord(item.referral) || !/^LEAD_/.test(readText(item.referral.type) ?? "")) return [];
  return [
    one("referralChannel", channel),
    one("referralTime", String(item.timestamp).length <= 10 ? "seconds" : "milliseconds"),
    one("pageInEntry", isSameId ? "same" : "different"),
    ...(isInstagram ? [one("leadOnInstagram", "yes")] : []),
  ];
}

function fromHops(item: Fields, entry: Fields): Finding[] {
  const isPass = isRecord(item.pass_thread_control);
  const inItem = item.hop_context;
  const inEntry = entry.hop_context;
  const shape = (value: unknown) => (Array.isArray(value) ? "List" : "Object");
  return [
    ...(inItem === undefined || inItem === null ? [] : [one("hopContext", `item${shape(inItem)}`)]),
    ...(isPass && inEntry !== undefined && inEntry !== null ? [one("hopContext", `entry${shape(inEntry)}`)] : []),
    ...(isPass && (inItem ?? inEntry ?? null) === null ? [one("hopContext", "none")] : []),
  ];
}

/** The heading alone: what stands below it are people's answers. */
function fromSummary(item: Fields): Finding[] {
  const hop = [item.hop_context].flat().find(isRecord);
  if (!isRecord(item.message) || hop?.metadata !== "messenger_lead_gen_complete") return [];
  const [heading = ""] = (readText(item.message.text) ?? "").split("\n");
  return [one("summaryWords", heading.slice(0, 40))];
}

function fromLabel(change: Fields): Finding[] {
  const { field, value } = change;
  if (field !== "inbox_labels" || !isRecord(value)) return [];
  const name = isRecord(value.label) ? readText(value.label.page_label_name) : null;
  return [
    one("labelActions", (readText(value.action) ?? "").slice(0, 40)),
    ...(name !== null && /lead/i.test(name) ? [one("labelNames", name.slice(0, 40))] : []),
  ];
}

function itemsIn(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function one(question: OpenQuestion, way: string): Finding {
  return { question, way, count: 1 };
}
