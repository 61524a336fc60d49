import { describe, expect, test } from "vitest";
import { eventsOf, eventsOfItems, RECEIVED } from "./samples/sample-events.ts";

describe("receipts", () => {
  test("receipts name messages or a watermark", () => {
    const watermark = new Date(1795343060222);
    expect(eventsOf("receipts")).toMatchObject([
      { kind: "delivery", mids: ["m_EchoExample03"], watermark, at: new Date(1795343070600) },
      { kind: "read", watermark, mid: null, at: new Date(1795343070500), position: 1 },
    ]);
    expect(eventsOf("delivery-without-mids")).toMatchObject([{ kind: "delivery", mids: [], watermark }]);
    expect(eventsOf("instagram-seen")).toMatchObject([{ kind: "read", watermark: null, mid: "aWdfZAGexample08" }]);
  });

  test("a delivery without a watermark speaks of the messages it names alone", () => {
    const delivery = '{"sender":{"id":"7"},"recipient":{"id":"1"},"delivery":{"mids":["a",null,5]}}';
    expect(eventsOfItems([delivery])).toMatchObject([{ kind: "delivery", mids: ["a", "5"], watermark: new Date(0) }]);
  });

  test("a receipt that names nothing is not understood", () => {
    const parties = '"sender":{"id":"7"},"recipient":{"id":"1"}';
    const events = eventsOfItems([`{${parties},"delivery":{}}`, `{${parties},"read":{"watermark":"x"}}`]);
    expect(events).toMatchObject([
      { kind: "unknown", what: "delivery" },
      { kind: "unknown", what: "read" },
    ]);
  });

  test("a watermark of a clock that runs ahead is the time of receipt", () => {
    const read = '{"sender":{"id":"7"},"recipient":{"id":"1"},"read":{"watermark":1995341598000}}';
    expect(eventsOfItems([read])).toMatchObject([{ kind: "read", watermark: RECEIVED }]);
  });
});
