import type { NextRequest } from "next/server";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import { byteStream } from "#lib/export/byte-stream.ts";
import { exportLeads } from "#lib/export/export-leads.ts";
import { type ExportFormat, parseExportQuery } from "#lib/export/export-query.ts";
import { faultName } from "#lib/fault-name.ts";
import { newId } from "#lib/ids.ts";
import { isTimeZone, zonedIso } from "#lib/leads/zoned-time.ts";
import { log } from "#lib/log.ts";

const types: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** The leads of the inbox's own filter as a file. The right to it is asked again while it runs. */
export async function GET(request: NextRequest): Promise<Response> {
  const { headers, signal } = request;
  const viewer = await viewerOf(headers);
  if (viewer === null) return refuse(401, "Please sign in to download leads.");

  const parsed = parseExportQuery(request.nextUrl.searchParams);
  if (!parsed.ok) return refuse(400, parsed.sentence);

  const { query } = parsed;
  const now = new Date();
  const zone = request.cookies.get("tz")?.value ?? "";
  const timeZone = isTimeZone(zone) ? zone : "UTC";
  const door = { door: "export", id: newId(), agentId: viewer.agentId, format: query.format };
  const took = () => ({ ms: Date.now() - now.getTime() });

  try {
    const bytes = await exportLeads({ query, timeZone, now, viewer: () => viewerOf(headers), signal });
    const body = byteStream(bytes, signal, (end) => {
      if (end.outcome === "failed")
        log.error({ ...door, ...took(), outcome: end.outcome, cause: faultName(end.error) });
      else log.info({ ...door, ...took(), outcome: end.outcome });
    });
    return new Response(body, {
      headers: {
        "content-type": types[query.format],
        "content-disposition": `attachment; filename="${fileName(query.format, now, timeZone)}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    log.error({ ...door, ...took(), outcome: "failed", cause: faultName(error) });
    return refuse(500, `The export failed. Please try again; if it fails again, quote ${door.id}.`);
  }
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: { "cache-control": "no-store" } });
}

/** `leads-2026-11-22-2130.csv`, by the viewer's clock. */
function fileName(format: ExportFormat, now: Date, timeZone: string): string {
  const [date = "", time = ""] = zonedIso(now, timeZone).split("T");
  return `leads-${date}-${time.slice(0, 5).replace(":", "")}.${format}`;
}
