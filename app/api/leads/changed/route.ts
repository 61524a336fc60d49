import type { NextRequest } from "next/server";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import { parseChangedQuery } from "#lib/leads/changed-query.ts";
import { findLeadsByRef } from "#lib/leads/find-leads-by-ref.ts";
import { chooseTimeZone } from "../../../../i18n/time-zones.ts";

/**
 * Of the leads a live hint spoke of, those the screen's filter shows to its viewer, as they are now. A door of its own
 * and not an action: a browser makes its actions one after the other, and news would queue behind them. Nobody need be
 * at the screen, so it does not count against the idle time.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const viewer = await viewerOf(request.headers);
  if (viewer === null) return Response.json({ error: "Please sign in." }, { status: 401, headers: closed });

  const query = parseChangedQuery(request.nextUrl.searchParams);
  if (query === null)
    return Response.json({ error: "This question is not understood." }, { status: 400, headers: closed });

  const timeZone = chooseTimeZone(request.cookies.get("tz")?.value);
  const rows = await findLeadsByRef(query.filter, viewer, query.refs, timeZone);
  return Response.json({ rows }, { headers: closed });
}

const closed = { "cache-control": "no-store" };
