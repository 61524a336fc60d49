import { describe, expect, test } from "vitest";
import { eventsOf } from "./samples/sample-events.ts";

const PAGE = "104411223344556";
const KIM = "7719004412345678";

describe("changes", () => {
  test("labels come and go, at the time of their entry", () => {
    expect(eventsOf("label-added")).toMatchObject([
      {
        kind: "label",
        psid: KIM,
        pageId: PAGE,
        name: "Lead Disqualified",
        isRemoval: false,
        at: new Date(1795343400_000),
        channel: "changes",
      },
    ]);
    expect(eventsOf("label-removed")).toMatchObject([{ kind: "label", isRemoval: true }]);
  });

  test("the same label may be put on again later", () => {
    const [first] = eventsOf("label-added");
    const [later] = eventsOf("label-added-again");
    expect(first?.key).not.toBe(later?.key);
  });

  test("a postback wrapped into a change is a postback", () => {
    expect(eventsOf("wrapped-postback")).toMatchObject([
      { kind: "postback", mid: "m_PostbackExample08", channel: "changes", at: new Date(1795343100_000) },
    ]);
  });
});
