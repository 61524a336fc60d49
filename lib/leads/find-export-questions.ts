import "server-only";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import type { ExportCursor, ExportScope } from "./export-lead.ts";
import { exportOrder, exportWhere } from "./export-where.ts";

const PAGE = 5_000;

const askedQuestions = z.array(z.object({ question: z.string(), repeat: z.number() }));
export type ExportQuestions = { questions: z.infer<typeof askedQuestions>; next: ExportCursor | null };

/** The distinct questions of a stretch of leads, and how often one lead answers each, by first appearance. */
export async function findExportQuestions(scope: ExportScope, after: ExportCursor | null): Promise<ExportQuestions> {
  const rows = await prisma.lead.findMany({
    where: exportWhere(scope, after),
    orderBy: exportOrder,
    take: PAGE,
    select: { id: true, at: true },
  });
  const last = rows.at(-1);
  if (last === undefined) return { questions: [], next: null };

  // Prisma cannot number rows inside a group; reading every question to do it here would read all texts twice.
  const found = await prisma.$queryRaw`
    WITH wanted AS (SELECT id, place FROM unnest(${rows.map((row) => row.id)}::uuid[]) WITH ORDINALITY AS w(id, place)),
    asked AS (
      SELECT a.question, w.place, a.position,
             row_number() OVER (PARTITION BY a."leadId", a.question ORDER BY a.position)::int AS repeat
      FROM wanted w JOIN answer a ON a."pageId" = ${scope.pageId} AND a."leadId" = w.id
    )
    SELECT question, repeat FROM asked GROUP BY question, repeat ORDER BY min(ARRAY[place, position])`;

  return { questions: askedQuestions.parse(found), next: rows.length < PAGE ? null : { at: last.at, id: last.id } };
}
