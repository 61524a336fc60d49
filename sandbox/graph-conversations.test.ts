import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Json, KITCHEN, NOW, openStage, ROOF, SHOWROOM, SOLAR, type Stage } from "./testing.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const MINUTE = 60_000;
const kitchenToken = `sandbox-page-token-${KITCHEN}`;
const refusal = (code: number, subcode?: number) => ({
  error: expect.objectContaining({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }),
});
const read = async (path: string, token?: string) => (await stage.graph(path, undefined, token)).json;
const rows = ({ data }: Json): Json[] => (Array.isArray(data) ? data : []);
const say = (psid: string, text: string) => stage.control("messages", { pageId: SOLAR, psid, text });

describe("threads of a page", () => {
  test("are listed newest first, in pages, each with its people", async () => {
    const psids: string[] = [];
    for (const hours of [5, 4, 3]) psids.push(await stage.lead(ROOF, "complete", NOW - hours * 60 * MINUTE));
    await stage.lead(SHOWROOM);
    const first = await read(`me/conversations?platform=messenger&fields=id,updated_time,participants&limit=2`);
    expect(rows(first).map(({ id }) => id)).toEqual([`t_1${psids[2]}`, `t_1${psids[1]}`]);
    expect(rows(first)[0]).toEqual({
      id: `t_1${psids[2]}`,
      updated_time: "2026-11-20T09:00:00+0000",
      participants: {
        data: [
          { id: psids[2], name: expect.any(String), email: `${psids[2]}@facebook.com` },
          { id: SOLAR, name: "Solar Süd", email: `${SOLAR}@facebook.com` },
        ],
      },
    });
    const { paging } = first;
    expect(paging).toMatchObject({ cursors: { before: expect.any(String), after: expect.any(String) } });
    const { next } = Object(paging);
    const second = await (await fetch(next)).json();
    expect(rows(second).map(({ id }) => id)).toEqual([`t_1${psids[0]}`]);
    expect(second.paging.next).toBeUndefined();
    expect(rows(await read(`me/conversations?user_id=${psids[1]}`))).toMatchObject([{ id: `t_1${psids[1]}` }]);
    expect(rows(await read("me/conversations?platform=instagram"))).toEqual([]);
  });

  test("say who owns them where routing is configured, and only when asked", async () => {
    const psid = await stage.lead();
    const ours = `me/conversations?fields=is_owner&user_id=${psid}`;
    expect(rows(await read(ours))).toMatchObject([{ is_owner: true }]);
    await stage.control("inbox", { pageId: SOLAR, psid, action: "take" });
    expect(rows(await read(ours))).toMatchObject([{ is_owner: false }]);
    expect(rows(await read("me/conversations"))[0]).not.toHaveProperty("is_owner");
    await stage.lead(SHOWROOM);
    expect(rows(await read("me/conversations?fields=is_owner", kitchenToken))[0]).not.toHaveProperty("is_owner");
  });

  test("hide a tap nobody has answered, and show the first answer", async () => {
    const { psid } = await stage.control("flows/start", { adId: ROOF });
    expect(rows(await read("me/conversations"))).toEqual([]);
    await stage.control("flows/answer", { pageId: SOLAR, psid, choice: 0 });
    expect(rows(await read("me/conversations"))).toHaveLength(1);
  });
});

describe("messages of a thread", () => {
  test("the questions are the page's messages, the answers the person's, newest first", async () => {
    const psid = await stage.lead(ROOF);
    const fields = "messages.limit(4){id,created_time,from,to,message}";
    const { messages } = await read(`t_1${psid}?fields=${fields}`);
    const list = rows(Object(messages));
    expect(list).toHaveLength(4);
    expect(list.map(({ from }) => Object(from).id)).toEqual([SOLAR, psid, SOLAR, psid]);
    expect(list[0]).toMatchObject({ message: expect.stringContaining("Vielen Dank"), to: { data: [{ id: psid }] } });
    expect(list[2]).toMatchObject({ message: "Wie lautet Ihre E-Mail-Adresse?" });
    const rest = await (await fetch(Object(messages).paging.next)).json();
    expect(rows(rest).length).toBeGreaterThan(3);
    expect(JSON.stringify(messages)).not.toContain("ad_id");
  });

  test("only the twenty newest give details; older ones answer 9000001", async () => {
    const psid = await stage.lead();
    const before = rows(await read(`t_1${psid}/messages?limit=100`)).length;
    for (let count = 1; count <= 20; count += 1) {
      stage.clock.now += MINUTE;
      await say(psid, `Nachricht ${count}`);
    }
    const all = rows(await read(`t_1${psid}/messages?fields=id,created_time,message&limit=100`));
    expect(all).toHaveLength(before + 20);
    expect(all[0]).toMatchObject({ message: "Nachricht 20" });
    expect(all[19]).toMatchObject({ message: "Nachricht 1" });
    expect(Object.keys(all[20] ?? {})).toEqual(["id", "created_time"]);
    expect(await read(`${all[19]?.id}?fields=message,from`)).toMatchObject({ message: "Nachricht 1" });
    expect(await read(`${all[20]?.id}`)).toMatchObject(refusal(9_000_001));
    expect(await read("m_nothing")).toMatchObject(refusal(100, 33));
  });

  test("pictures can be fetched where the attachment says", async () => {
    const psid = await stage.lead();
    await stage.control("messages", { pageId: SOLAR, psid, attachment: "image" });
    const { messages } = await read(`t_1${psid}?fields=messages.limit(1){attachments}`);
    const [message] = rows(Object(messages));
    const [attachment] = rows(Object(message?.attachments));
    expect(attachment).toMatchObject({ mime_type: "image/png" });
    const response = await fetch(Object(attachment?.image_data).url);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
  });
});

describe("limits", () => {
  test("clearly more than two calls a second are throttled, and the next second helps", async () => {
    await stage.control("faults", { conversationBurst: 3 });
    const answers: unknown[] = [];
    for (let count = 0; count < 4; count += 1) answers.push(await read("me/conversations"));
    expect(answers[2]).toMatchObject({ data: [] });
    expect(answers[3]).toMatchObject(refusal(613));
    expect(await read("me/conversations", kitchenToken)).toMatchObject({ data: [] });
    stage.clock.now += 1000;
    expect(await read("me/conversations")).toMatchObject({ data: [] });
  });

  test("on a page with very high volume the list fails, a single thread works", async () => {
    const psid = await stage.lead();
    const page = stage.sandbox.meta.world.pages.find(({ id }) => id === SOLAR);
    if (page !== undefined) page.isHighVolume = true;
    expect(await read("me/conversations")).toMatchObject(refusal(613));
    expect(rows(await read(`me/conversations?user_id=${psid}`))).toHaveLength(1);
    expect(await read(`t_1${psid}`)).toMatchObject({ id: `t_1${psid}` });
  });

  test("another page's threads and messages are not there", async () => {
    const psid = await stage.lead();
    expect(await read(`t_1${psid}`, kitchenToken)).toMatchObject(refusal(100, 33));
    expect(await read(`${SOLAR}/conversations`, kitchenToken)).toMatchObject(refusal(100, 33));
    await stage.control("inbox", { pageId: SOLAR, psid, action: "reply", text: "Hier Jana" });
    const { id } = rows(await read(`t_1${psid}/messages?limit=1`))[0] ?? {};
    expect(await read(`${id}?fields=from,message`)).toMatchObject({ from: { id: SOLAR }, message: "Hier Jana" });
    expect(await read(`${id}`, kitchenToken)).toMatchObject(refusal(100, 33));
  });
});
