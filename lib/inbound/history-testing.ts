/** For tests: a page's conversations read again to the end, as if the time between two calls had passed. */
import { once } from "node:events";
import { createServer } from "node:http";
import { expect } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { plainText } from "#lib/leads/plain-text.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { reconcilePage } from "./reconcile-page.ts";
import type { Stage } from "./testing.ts";

/** From when on events may be missing; read to the end. Returns how many turns it took. */
export async function reconcileSince(pageId: string, since: Date, between = async () => {}): Promise<number> {
  const due = { reconcileSince: since, reconcileDueAt: new Date(0) };
  await prisma.pageHealth.updateMany({ where: { pageId: { not: pageId } }, data: { reconcileDueAt: null } });
  await prisma.pageHealth.upsert({ where: { pageId }, create: { pageId, ...due }, update: due });
  return untilReconciled(pageId, between);
}

/** What is due is read to the end. */
export async function untilReconciled(pageId: string, between = async () => {}): Promise<number> {
  for (let turns = 0; turns < 4_000; turns += 1) {
    const { reconcileDueAt } = await prisma.pageHealth.findUniqueOrThrow({ where: { pageId } });
    if (reconcileDueAt !== null && reconcileDueAt > new Date()) return turns;
    await rested(pageId);
    await reconcilePage();
    await between();
    while (await applyDeliveries());
  }
  throw new Error("Reading the conversations again does not end.");
}

/** As if the wait until the page's next call were over. */
export async function rested(pageId: string): Promise<void> {
  await prisma.pageHealth.updateMany({ where: { pageId }, data: { leaseUntil: null, pausedUntil: null } });
}

const gap = z.object({
  events: z.number(),
  messages: z.number(),
  leads: z.array(
    z.object({
      psid: z.string(),
      adId: z.string(),
      ending: z.string().nullable(),
      answers: z.array(z.object({ question: z.string(), answer: z.string() })),
    }),
  ),
  shown: z.array(z.object({ psid: z.string(), mids: z.array(z.string()) })),
});
export type Gap = z.infer<typeof gap>;

/** Events of the last 20 minutes that are lost for ever, and what the history still shows of them. */
export async function playGap(stage: Stage, pageId: string, size: { events: number; leads: number }): Promise<Gap> {
  return gap.parse(await stage.control("gap", { pageId, minutes: 20, ...size }));
}

/** What is in the database of a page's leads and messages. */
export async function everything(pageId: string) {
  const leads = await prisma.lead.findMany({
    where: { pageId },
    select: { id: true, psid: true, status: true, reason: true, adId: true, answers: { orderBy: { position: "asc" } } },
    orderBy: { id: "asc" },
  });
  const messages = await prisma.message.findMany({ where: { pageId }, orderBy: { mid: "asc" } });
  return { leads, messages };
}

/** Every message that shows is here, every lead whose questions and answers show is one with these, and nobody else is. */
export async function expectBack(
  pageId: string,
  { leads: played, shown }: Gap,
  heard: readonly string[],
): Promise<void> {
  const { leads, messages } = await everything(pageId);
  const mids = new Set(messages.map(({ mid }) => mid));
  expect(shown.flatMap((thread) => thread.mids).filter((mid) => !mids.has(mid))).toEqual([]);
  const others = leads.filter(({ psid }) => !played.some((one) => one.psid === psid));
  expect(others.map(({ psid }) => psid).sort()).toEqual([...heard].sort());

  const wrong = [];
  let inFull = 0;
  for (const { psid, ending, answers } of played) {
    const found = leads.filter((lead) => lead.psid === psid);
    // Of the oldest message that still shows, the question before it does not.
    const isWhole = (shown.find((thread) => thread.psid === psid)?.mids.length ?? 0) < 20;
    const words = (list: readonly { question: string; answer: string }[]) =>
      list.map(({ question, answer }) => [plainText(question), answer]);
    const told = found.map(({ status, answers: said }) => ({ status, answers: words(said) }));
    const status = ending === "complete" ? "complete" : "incomplete";
    if (isWhole) {
      inFull += 1;
      // The keyword that stopped the questions looks like one more answer: it was said to the last of them.
      const said = told.map((lead) =>
        ending === "stopped" ? { ...lead, answers: lead.answers.slice(0, answers.length) } : lead,
      );
      const right = [{ status, answers: words(answers) }];
      if (JSON.stringify(said) !== JSON.stringify(right)) wrong.push({ psid, ending, told, right });
    } else if (found.length > 1) wrong.push({ psid, ending, told, right: "at most one" });
  }
  expect(wrong).toEqual([]);
  expect(inFull).toBeGreaterThanOrEqual(played.length / 3);
}

export type Trouble = "500" | "cut" | "throttled" | "dead-token" | "odd";
type TroubleOf = (asked: { path: string; count: number }) => Trouble | null | Promise<Trouble | null>;
export type BadMeta = Awaited<ReturnType<typeof standBefore>>;

/** Stands between us and Meta: notes when conversations are asked for, and answers badly where told to. */
export async function standBefore(meta: string) {
  let troubleOf: TroubleOf = () => null;
  let heard = (_status: number, _body: string): void => {};
  const calls: { at: number; path: string }[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? "";
      const isConversations = /\/(\d+\/conversations|t_\d+|m_[^/?]+)(\/messages)?(\?|$)/.test(path);
      if (isConversations) calls.push({ at: Date.now(), path });
      count += 1;
      const trouble = await troubleOf({ path, count });
      if (trouble === "cut") return void request.socket.destroy();
      const [status, body] =
        trouble === null ? await passOn(`${meta}${path}`, request.headers.authorization) : answers[trouble];
      heard(status, body);
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    /** From now on, counting anew. */
    trouble: (how: TroubleOf) => {
      count = 0;
      calls.length = 0;
      troubleOf = how;
    },
    onAnswer: (hear: (status: number, body: string) => void) => {
      heard = hear;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const refusal = (code: number, more: object = {}) =>
  JSON.stringify({ error: { message: "No.", type: "OAuthException", code, ...more } });
const answers: Record<Exclude<Trouble, "cut">, readonly [number, string]> = {
  "500": [500, refusal(2, { is_transient: true })],
  throttled: [400, refusal(613)],
  "dead-token": [400, refusal(190, { error_subcode: 460 })],
  odd: [200, "[]"],
};

async function passOn(url: string, authorization: string | undefined): Promise<readonly [number, string]> {
  const answer = await fetch(url, { headers: authorization === undefined ? {} : { authorization } });
  return [answer.status, await answer.text()];
}
