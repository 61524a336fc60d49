import { expect, test, vi } from "vitest";
import { auth } from "#lib/agents/auth.ts";
import { createUser } from "#lib/agents/create-user.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { GET } from "./route.ts";

const BEAT_MS = 15_000;

test("tells of a change whose hint never came", async () => {
  const person = { email: "ada@example.org", password: "correct horse battery" };
  await createUser({ ...person, name: "Ada", role: "agent" });
  const { headers } = await auth().api.signInEmail({ body: person, returnHeaders: true });
  const cookie = headers.getSetCookie()[0]?.split(";")[0] ?? "";

  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const leaving = new AbortController();
  const request = new Request("http://localhost/api/stream", { headers: { cookie }, signal: leaving.signal });
  const { body } = await GET(request);
  const text = body?.pipeThrough(new TextDecoderStream());
  let heard = "";
  const listening = (async () => {
    for await (const part of text ?? []) heard += part;
  })();
  await expect.poll(() => heard).toContain('event: catch-up\ndata: {"refs":null}');

  // As a worker that dies between its commit and its hint leaves it.
  const [pageId, id] = ["1001", newId()];
  const at = new Date();
  const lead = { pageId, id, source: "instant_form", status: "complete", at, receivedAt: at, lastActivityAt: at };
  await prisma.lead.create({ data: lead, select: { id: true } });
  vi.advanceTimersByTime(BEAT_MS);
  await expect.poll(() => heard).toContain(`event: leads\ndata: {"refs":["${pageId}.${id}"]}`);

  leaving.abort();
  await listening;
  vi.useRealTimers();
});
