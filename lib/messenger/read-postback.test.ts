import { describe, expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

describe("postbacks", () => {
  test("a postback carries its title, and its payload where Meta tells it", () => {
    expect(eventsOf("postback")).toMatchObject([
      { kind: "postback", title: "Call me back", payload: "CALLBACK_REQUEST", adId: null },
    ]);
    expect(eventsOf("standby-postback")).toMatchObject([{ kind: "postback", channel: "standby", payload: null }]);
  });

  test("a postback without an id is known by what it says and when", () => {
    const tap = (payload: string, timestamp: number) =>
      `{"sender":{"id":"7"},"recipient":{"id":"1"},"timestamp":${timestamp},"postback":{"title":"Call","payload":"${payload}"}}`;
    const taps = [tap("A", 1795343100), tap("A", 1795343100), tap("B", 1795343100), tap("A", 1795343160)];
    expect(new Set(eventsOfItems(taps).map(({ key }) => key)).size).toBe(3);
  });

  test("on standby is evidence of its own", () => {
    expect(eventsOf("standby-postback")).toMatchObject([{ key: "postback:standby:m_StandbyExample07" }]);
    expect(eventsOf("postback")).toMatchObject([{ key: "postback:messaging:m_PostbackExample04" }]);
  });
});
