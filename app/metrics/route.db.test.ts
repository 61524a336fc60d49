import { expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { delivery, userMessage } from "#lib/inbound/item-samples.ts";
import { keepDelivery } from "#lib/inbound/keep-delivery.ts";
import { deliver, newThread, SOLAR } from "#lib/inbound/testing.ts";
import { webhookAnswers } from "#lib/metrics.ts";

process.env.METRICS_TOKEN = "a-token-for-prometheus";
const { GET } = await import("./route.ts");

const ask = (authorization?: string) =>
  GET(new Request("http://localhost/metrics", { headers: authorization === undefined ? {} : { authorization } }));

test("Prometheus reads queues, ages and this process's answers", async () => {
  await keepDelivery(new TextEncoder().encode("{}"), {});
  webhookAnswers.inc({ status: "200" });
  const answer = await ask("Bearer a-token-for-prometheus");
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain("lead_inbox_deliveries_waiting 1\n");
  expect(text).toMatch(/lead_inbox_webhook_answers_total\{status="200"\} 1\n/);
  expect(text).toMatch(/# TYPE lead_inbox_apply_seconds gauge/);
  expect(text).toMatch(/nodejs_eventloop_lag_seconds/);
});

test("an event that vanished from the books is a figure to be alarmed by", async () => {
  const gap = async () => {
    const text = await (await ask("Bearer a-token-for-prometheus")).text();
    return /lead_inbox_ledger_gap\{of="events"\} (\d+)/.exec(text)?.[1];
  };
  await deliver(delivery(SOLAR, userMessage(newThread(), new Date(), "m_gone", "Hi")));
  expect(await gap()).toBe("0");
  await prisma.event.deleteMany({ where: { pageId: SOLAR } });
  expect(await gap()).toBe("1");
});

test.each([undefined, "Bearer wrong", "a-token-for-prometheus", ""])("nobody else does: %j", async (authorization) => {
  const answer = await ask(authorization);
  expect(answer.status).toBe(401);
  expect(await answer.text()).toBe("unauthorized");
});
