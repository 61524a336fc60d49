import { z } from "zod";
import { type Call, type Endpoint, embedded, need, pageOf, type Reply, readParam } from "./graph-call.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import { newNumber } from "./ids.ts";

/** The Conversions API: a page's one dataset, and the events told to it. Meta does not look for repetitions, nor does this. */
const WEEK = 7 * 24 * 60 * 60 * 1000;
const messagingEvents = [
  "Purchase",
  "LeadSubmitted",
  "QualifiedLead",
  "InitiateCheckout",
  "AddToCart",
  "ViewContent",
  "OrderCreated",
  "OrderShipped",
  "OrderDelivered",
  "OrderCanceled",
  "OrderReturned",
  "CartAbandoned",
  "RatingProvided",
  "ReviewProvided",
];

const id = z.union([z.string(), z.number()]).transform(String);
const event = z.looseObject({
  event_name: z.string().min(1),
  event_time: z.number().int(),
  action_source: z.enum(["business_messaging", "system_generated"]),
  messaging_channel: z.enum(["messenger", "instagram"]).optional(),
  user_data: z.looseObject({
    page_id: id.optional(),
    page_scoped_user_id: id.optional(),
    instagram_business_account_id: id.optional(),
    ig_sid: id.optional(),
    lead_id: id.optional(),
  }),
});
const told = z.object({
  data: embedded(z.array(event).min(1).max(1000)),
  partner_agent: z.string().optional(),
  test_event_code: z.string().optional(),
});

export const datasetEndpoint: Endpoint = (call) => {
  const { graph, pages } = call.meta.world;
  if (call.edge === "dataset") {
    const page = pageOf(call) ?? pages.find(({ instagramId }) => instagramId === call.object) ?? null;
    if (page === null) throw refusals.notFound(call.object);
    need(call, "page_events");
    if (call.method === "POST") graph.datasets[page.id] ??= `35${page.id.slice(0, 13)}`;
    const datasetId = graph.datasets[page.id];
    return { json: datasetId === undefined ? { data: [] } : { id: datasetId } };
  }
  const pageId = Object.keys(graph.datasets).find((known) => graph.datasets[known] === call.object);
  if (pageId === undefined || call.edge !== "events" || call.method !== "POST") return null;
  need(call, "page_events");
  return record(call, pageId);
};

function record(call: Call, pageId: string): Reply {
  const { data, test_event_code: testCode = null } = readParam(told, call.params);
  for (const [index, one] of data.entries()) check(call, pageId, one, index);
  const { world } = call.meta;
  world.graph.datasetEvents.push(
    ...data.map((one) => ({ datasetId: call.object, pageId, at: call.at, event: one, testCode })),
  );
  return { json: { events_received: data.length, messages: [], fbtrace_id: `T${newNumber(world)}` } };
}

function check({ meta, at }: Call, pageId: string, one: z.infer<typeof event>, index: number): void {
  const refuse = (why: string) => new GraphError(100, 2804050, `data[${index}]: ${why}`);
  const { world } = meta;
  const happenedAt = one.event_time * 1000;
  if (happenedAt > at + 60_000) throw refuse("event_time lies in the future.");
  if (happenedAt < at - WEEK) throw refuse("event_time must not be older than seven days.");
  if (one.action_source === "system_generated") {
    if (!/^\d{15,17}$/.test(one.user_data.lead_id ?? "")) throw refuse("user_data.lead_id is required.");
    return;
  }
  if (!messagingEvents.includes(one.event_name)) throw refuse(`${one.event_name} is not a messaging event.`);
  const psid = one.user_data.page_scoped_user_id ?? one.user_data.ig_sid;
  if (psid === undefined || world.people[psid]?.pageId !== pageId) throw refuse("user_data names nobody of this Page.");
}
