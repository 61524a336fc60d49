/** What this process counts for operators, in the words of Prometheus. What all processes share is asked of the database. */
import { Counter, collectDefaultMetrics, Registry } from "prom-client";

/** One registry however often a bundler takes this file in. */
const shared = globalThis as { leadInboxMetrics?: { registry: Registry; webhookAnswers: Counter<"status"> } };

function begin(): { registry: Registry; webhookAnswers: Counter<"status"> } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const webhookAnswers = new Counter({
    name: "lead_inbox_webhook_answers_total",
    help: "Answers of this process to Meta's deliveries, by HTTP status.",
    labelNames: ["status"] as const,
    registers: [registry],
  });
  return { registry, webhookAnswers };
}

shared.leadInboxMetrics ??= begin();

export const { registry, webhookAnswers } = shared.leadInboxMetrics;
