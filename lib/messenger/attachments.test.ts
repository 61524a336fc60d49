import { describe, expect, test } from "vitest";
import { readAttachments, readWebUrl } from "./attachments.ts";

const url = "https://scontent.example/like.png";

describe("readAttachments", () => {
  test("reads a fallback with title and address beside its payload or inside", () => {
    const expected = [{ type: "fallback", url, title: "Roof plan", stickerId: null }];
    expect(readAttachments([{ type: "fallback", title: "Roof plan", url, payload: null }])).toEqual(expected);
    expect(readAttachments([{ type: "fallback", payload: { title: "Roof plan", url } }])).toEqual(expected);
  });

  test("shows a sticker sent as image and sticker once", () => {
    const image = { type: "image", payload: { url: `${url}?oh=1` } };
    const sticker = { type: "sticker", payload: { url: `${url}?oh=2`, sticker_id: 369239263222822 } };
    const expected = [{ type: "sticker", url: `${url}?oh=2`, title: null, stickerId: "369239263222822" }];
    expect(readAttachments([image, sticker])).toEqual(expected);
    expect(readAttachments([sticker])).toEqual(expected);
    const marked = {
      type: "image",
      payload: { url: "https://scontent.example/other.png", sticker_id: "369239263222822" },
    };
    expect(readAttachments([marked, sticker])).toEqual(expected);
  });

  test("keeps a photo beside a sticker", () => {
    const photo = { type: "image", payload: { url: "https://scontent.example/roof.jpg" } };
    const sticker = { type: "sticker", payload: { url, sticker_id: 369239263222822 } };
    expect(readAttachments([photo, sticker]).map(({ type }) => type)).toEqual(["image", "sticker"]);
  });

  test("names a template by its text and a place by its coordinates", () => {
    expect(
      readAttachments([
        { type: "template", payload: { template_type: "button", text: "How should we continue?" } },
        { type: "location", payload: { coordinates: { lat: 48.77, long: 9.18 } } },
      ]).map(({ title }) => title),
    ).toEqual(["How should we continue?", "48.77, 9.18"]);
  });

  test("knows where a place is, whatever it is called", () => {
    const coordinates = { lat: 48.77, long: 9.18 };
    expect(readAttachments([{ type: "location", title: "Pinned place", payload: { coordinates } }])).toMatchObject([
      { title: "Pinned place", place: "48.77, 9.18" },
    ]);
  });

  test("knows what a card's buttons say, and what products are shared", () => {
    const buttons = [{ title: "Look" }, { title: 7 }, {}, null];
    expect(
      readAttachments([
        { type: "template", payload: { elements: [{ title: "8 kW", buttons }, { title: "9 kW" }] } },
        { type: "template", payload: { product: { elements: [{ title: "Kit" }] } } },
        { type: "template", payload: { elements: "x", buttons: 5, product: [] } },
      ]).map(({ title, buttons: said }) => [title, said]),
    ).toEqual([
      ["8 kW, 9 kW", ["Look", "7"]],
      ["Kit", undefined],
      [null, undefined],
    ]);
  });

  test("keeps a place for what it does not know", () => {
    expect(readAttachments([{}, { type: 7, payload: "x" }, { type: "Hologram" }, null, "x", []])).toEqual([
      { type: "unknown", url: null, title: null, stickerId: null },
      { type: "7", url: null, title: null, stickerId: null },
      { type: "hologram", url: null, title: null, stickerId: null },
    ]);
    for (const value of [undefined, null, {}, "image"]) expect(readAttachments(value)).toEqual([]);
  });
});

describe("readWebUrl", () => {
  test("accepts https and writes it as a browser would", () => {
    expect(readWebUrl("https://example.org/a b?q=ä")).toBe("https://example.org/a%20b?q=%C3%A4");
  });

  test("accepts this very machine, where a sandbox is", () => {
    expect(readWebUrl("http://127.0.0.1:4010/media/roof.png")).toBe("http://127.0.0.1:4010/media/roof.png");
  });

  test.each([
    ["http://example.org/"],
    ["http://127.0.0.1.example.org/"],
    ["javascript:alert(1)"],
    ["data:text/html,x"],
    ["//example.org/x"],
    ["https://user:password@example.org/"],
    ["https://"],
    [`https://example.org/${"x".repeat(9000)}`],
    [""],
    [5],
    [null],
  ])("keeps %j out", (value) => {
    expect(readWebUrl(value)).toBeNull();
  });
});
