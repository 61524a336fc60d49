import { createHash, timingSafeEqual } from "node:crypto";
import { Gauge, Registry } from "prom-client";
import { env } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { type Figure, findFigures } from "#lib/inbound/find-figures.ts";
import { log } from "#lib/log.ts";
import { registry } from "#lib/metrics.ts";

export const dynamic = "force-dynamic";

/** What each figure means, and what its label is. */
const HELP: Record<string, { help: string; label?: string }> = {
  deliveries_waiting: { help: "Deliveries kept and not opened yet." },
  delivery_oldest_waiting_seconds: { help: "Age of the oldest delivery that waits." },
  deliveries_replaying: { help: "Deliveries in line to be read and applied once more." },
  ledger_gap: {
    help: "What came today or yesterday and is not accounted for; anything but 0 is a fault.",
    label: "of",
  },
  events_unapplied: { help: "Events that wait for their page, failed, or were not understood.", label: "state" },
  apply_seconds: { help: "From a delivery's arrival to its being applied, last ten minutes.", label: "quantile" },
  replies_waiting: { help: "Replies not settled yet.", label: "state" },
  reply_oldest_due_seconds: { help: "How long the most overdue reply waits." },
  sending_paused: { help: "1 while nothing leaves: paused by a person, or after a restore.", label: "why" },
  replies_settled_last_day: { help: "How replies ended in the last 24 hours.", label: "state" },
  control_actions_waiting: { help: "Thread actions asked for and not carried out yet." },
  graph_limit_used_percent: { help: "How much of Meta's limit a page has used, as Meta last said.", label: "page" },
  page_trouble: { help: "Troubles of pages, as page:kind.", label: "trouble" },
};

/** For Prometheus, with METRICS_TOKEN as its bearer token; without that setting the door does not exist. */
export async function GET(request: Request): Promise<Response> {
  const token = env.METRICS_TOKEN;
  if (token === undefined) return new Response("not found", { status: 404 });
  if (!isSame(request.headers.get("authorization") ?? "", `Bearer ${token}`)) {
    return new Response("unauthorized", { status: 401, headers: { "www-authenticate": "Bearer" } });
  }
  try {
    const shared = gauges(await findFigures());
    const text = `${await shared.metrics()}${await registry.metrics()}`;
    return new Response(text, { headers: { "content-type": registry.contentType, "cache-control": "no-store" } });
  } catch (cause) {
    log.warn({ event: "metrics", cause: faultName(cause) });
    return new Response("not available", { status: 503, headers: { "retry-after": "15" } });
  }
}

/** New ones each time: a label that is gone must not stay at its last value. */
function gauges(figures: readonly Figure[]): Registry {
  const own = new Registry();
  for (const [name, { help, label }] of Object.entries(HELP)) {
    const labelNames = label === undefined ? [] : [label];
    const gauge = new Gauge({ name: `lead_inbox_${name}`, help, labelNames, registers: [own] });
    for (const figure of figures.filter((one) => one.name === name)) {
      gauge.set(label === undefined ? {} : { [label]: figure.label ?? "" }, figure.value);
    }
  }
  return own;
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
