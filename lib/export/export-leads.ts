import "server-only";
import { maySeePage, pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import type { ExportCursor, ExportScope } from "#lib/leads/export-lead.ts";
import { findExportLeads } from "#lib/leads/find-export-leads.ts";
import { findExportQuestions } from "#lib/leads/find-export-questions.ts";
import { leadFilterParams } from "#lib/leads/lead-filter.ts";
import { zonedIso } from "#lib/leads/zoned-time.ts";
import { type Columns, cellsOf, columnsOf } from "./columns.ts";
import { csv } from "./csv.ts";
import type { ExportQuery } from "./export-query.ts";
import { type Told, xlsx } from "./xlsx.ts";

export type ExportOrder = {
  query: ExportQuery;
  timeZone: string;
  now: Date;
  /** Asked again before every page of leads: a file ends when the right to it ends. */
  viewer: () => Promise<Viewer | null>;
  signal: AbortSignal;
};

/**
 * All leads of a filter as the bytes of a file, in constant memory. The leads are walked twice: the header
 * names every question, so it must be known before the first row leaves. Oldest first, so that next week's
 * file begins like today's.
 */
export async function exportLeads(order: ExportOrder): Promise<AsyncGenerator<Uint8Array>> {
  const pageIds = await pagesOf(order);
  const columns = await findColumns(order, pageIds);
  const rows = leadRows(order, pageIds, columns);

  if (order.query.format === "xlsx") {
    return xlsx({ headers: columns.headers, rows, about: (told) => about(order, told) });
  }
  return csv(withHeader(columns.headers, rows), order.query.delimiter);
}

async function pagesOf(order: ExportOrder): Promise<string[]> {
  const id = pagesWithin(await viewerNow(order), order.query.filter.page);
  const pages = await prisma.page.findMany({
    where: id === undefined ? {} : { id },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return pages.map((page) => page.id);
}

async function findColumns(order: ExportOrder, pageIds: readonly string[]): Promise<Columns> {
  const questions = new Map<string, { question: string; repeat: number }>();
  for (const pageId of pageIds) {
    let after: ExportCursor | null = null;
    do {
      const found = await findExportQuestions(await scopeNow(order, pageId), after);
      for (const each of found.questions)
        questions.set(JSON.stringify(each), questions.get(JSON.stringify(each)) ?? each);
      after = found.next;
    } while (after !== null);
  }
  return columnsOf([...questions.values()], order.timeZone);
}

async function* leadRows(order: ExportOrder, pageIds: readonly string[], columns: Columns): AsyncGenerator<string[]> {
  for (const pageId of pageIds) {
    let after: ExportCursor | null = null;
    do {
      const found = await findExportLeads(await scopeNow(order, pageId), after);
      for (const lead of found.leads) yield cellsOf(lead, columns);
      after = found.next;
    } while (after !== null);
  }
}

async function scopeNow(order: ExportOrder, pageId: string): Promise<ExportScope> {
  order.signal.throwIfAborted();
  const viewer = await viewerNow(order);
  if (!maySeePage(viewer, pageId)) throw new Error("the viewer lost the right to a page while the file was written");
  return { filter: order.query.filter, viewer, pageId, now: order.now, timeZone: order.timeZone };
}

async function viewerNow(order: ExportOrder): Promise<Viewer> {
  const viewer = await order.viewer();
  if (viewer === null) throw new Error("the viewer's session ended while the file was written");
  return viewer;
}

async function* withHeader(headers: string[], rows: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  yield headers;
  yield* rows;
}

function about(order: ExportOrder, told: Told): [string, string][] {
  const words = [...leadFilterParams(order.query.filter)].map(([word, value]) => `${word}: ${value}`);
  return [
    ["Filter", words.length === 0 ? "all leads" : words.join("; ")],
    ["Time", zonedIso(order.now, order.timeZone)],
    ["Time zone", order.timeZone],
    ["Leads", String(told.rowCount)],
    ["Cells cut at 32,767 characters", String(told.cutCells)],
    ["Columns left out after the 16,384th", String(told.columnsLeftOut)],
  ];
}
