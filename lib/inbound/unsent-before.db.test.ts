import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { delivery } from "./item-samples.ts";
import { keepHistory } from "./keep-history.ts";
import { deliver, newThread, SOLAR as pageId } from "./testing.ts";

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

const [sentAt, goneAt, askedAt] = [10, 11, 12].map((hour) => new Date(Date.UTC(2026, 10, 20, hour)));

test.each(["before", "after"])(
  "a message unsent stands where it was sent, its deletion told %s the history",
  async (order) => {
    const thread = newThread();
    const mid = `m_${thread.psid}`;
    const ends = { sender: { id: thread.psid }, recipient: { id: pageId } };
    const gone = delivery(pageId, { ...ends, timestamp: goneAt?.getTime(), message: { mid, is_deleted: true } });
    const one = {
      mid,
      at: sentAt?.toISOString() ?? null,
      fromId: thread.psid,
      text: "Hello",
      attachments: [],
      replyToMid: null,
    };
    if (order === "before") await deliver(gone);
    await keepHistory({ ...thread, platform: "page", askedAt: askedAt?.toISOString() ?? "", messages: [one] });
    while (await applyDeliveries());
    if (order === "after") await deliver(gone);
    const message = await prisma.message.findUnique({ where: { pageId_mid: { pageId, mid } } });
    expect(message).toMatchObject({ sentAt, deletedAt: goneAt, text: null });
  },
);
