import type { NextRequest } from "next/server";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import { parseCountsQuery } from "#lib/leads/changed-query.ts";
import { countLeads } from "#lib/leads/count-leads.ts";
import { chooseTimeZone } from "../../../../i18n/time-zones.ts";

/** How many leads stand behind each tab under the rest of the filter. Nobody need be at the screen. */
export async function GET(request: NextRequest): Promise<Response> {
  const viewer = await viewerOf(request.headers);
  if (viewer === null) return Response.json({ error: "Please sign in." }, { status: 401, headers: closed });

  const filter = parseCountsQuery(request.nextUrl.searchParams);
  if (filter === null)
    return Response.json({ error: "This question is not understood." }, { status: 400, headers: closed });

  const timeZone = chooseTimeZone(request.cookies.get("tz")?.value);
  return Response.json(await countLeads(filter, viewer, timeZone), { headers: closed });
}

const closed = { "cache-control": "no-store" };
