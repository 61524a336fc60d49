import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INSTAGRAM_INBOX_APP_ID, LEADGEN_APP_ID, PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import {
  type Control,
  type ControlFact,
  type ControlState,
  controlAt,
  controlHistory,
  controlStates,
  foldControl,
  leavesOpen,
  mayTrySending,
  ownerOf,
  stateAt,
} from "./control.ts";
import { type OwnerAnswer, ownerFact } from "./control-owner.ts";

const OURS = "1122334455667788";
const OTHER = "2233445566778899";
const HOUR = 60 * 60 * 1000;
const t0 = Date.UTC(2026, 10, 22, 12);
const at = (hours: number) => new Date(t0 + hours * HOUR);

function fact(hours: number, given: Partial<ControlFact> = {}): ControlFact {
  const kind = given.kind ?? "owner";
  const source = given.source ?? "handover";
  return {
    key: `${kind}:${source}:${hours}`,
    kind,
    source,
    appId: null,
    at: at(hours),
    isLeadHandover: false,
    ...given,
  };
}

const handover = (hours: number, appId: string | null) => fact(hours, { appId });
const echo = (hours: number, appId: string | null) => fact(hours, { source: "echo", appId });
const standby = (hours: number) => fact(hours, { kind: "standby", source: "standby" });
const released = (hours: number) => fact(hours, { kind: "released", source: "api" });
const refused = (hours: number) => fact(hours, { kind: "refused", source: "send_error" });
const asking = (hours: number) => fact(hours, { kind: "leadgen_asking", source: "send_error" });
const state = (...facts: ControlFact[]): ControlState => foldControl(facts, OURS, null).state;

describe("the end of Leadgen's questions", () => {
  const SECOND = 1 / 3600;
  const says = (hours: number) => fact(hours, { kind: "leadgen_asking", source: "echo", appId: LEADGEN_APP_ID });
  const passed = fact(0, { appId: OURS, isLeadHandover: true });
  const letGo = fact(0, { kind: "released", appId: LEADGEN_APP_ID });

  test("its goodbye a moment after the handover does not take the thread back", () => {
    expect(state(passed, says(SECOND))).toBe("ours");
    expect(state(says(-SECOND), letGo, says(SECOND))).toBe("idle");
  });

  test("a message of ours that Meta let through while it asked took the thread over", () => {
    expect(state(says(-SECOND), echo(0, OURS))).toBe("ours");
    expect(state(says(-SECOND), echo(0, OURS), letGo)).toBe("ours");
    expect(state(says(-SECOND), echo(0, OTHER))).toBe("leadgen");
  });

  test("what it says later belongs to another flow", () => {
    expect(state(passed, says(60 * SECOND))).toBe("leadgen");
  });
});

describe("who an app id is", () => {
  test.each([
    [OURS, "ours"],
    [PAGE_INBOX_APP_ID, "page_inbox"],
    ["26390203743090", "page_inbox"],
    [INSTAGRAM_INBOX_APP_ID, "page_inbox"],
    [LEADGEN_APP_ID, "leadgen"],
    [OTHER, "other_app"],
    [null, "unknown"],
  ])("%s is %s", (appId, owner) => {
    expect(ownerOf(appId, OURS)).toBe(owner);
  });
});

describe("control after what Meta told", () => {
  test("a thread nobody has told us about is unknown", () => {
    expect(foldControl([], OURS, null)).toEqual({
      state: "unknown",
      appId: null,
      since: null,
      expiresAt: null,
      source: null,
    });
  });

  test("a handover names the owner, its app and its time", () => {
    expect(foldControl([handover(0, OTHER)], OURS, null)).toMatchObject({
      state: "other_app",
      appId: OTHER,
      since: at(0),
      source: "handover",
    });
  });

  test("a handover without a new owner leaves control unknown", () => {
    expect(state(handover(0, OURS), handover(1, null))).toBe("unknown");
  });

  test("a reply from the Page Inbox takes the thread", () => {
    expect(state(handover(0, OURS), echo(1, PAGE_INBOX_APP_ID))).toBe("page_inbox");
  });

  test.each([OURS, OTHER, LEADGEN_APP_ID, null])("an echo of app %s proves no ownership", (appId) => {
    expect(state(handover(0, PAGE_INBOX_APP_ID), echo(1, appId))).toBe("page_inbox");
  });

  test("an event on standby refutes that control is ours, or nobody's", () => {
    expect(state(handover(0, OURS), standby(1))).toBe("unknown");
    expect(state(handover(0, OURS), released(1), standby(2))).toBe("unknown");
    expect(state(standby(0))).toBe("unknown");
  });

  test.each([
    [PAGE_INBOX_APP_ID, "page_inbox"],
    [OTHER, "other_app"],
    [LEADGEN_APP_ID, "leadgen"],
  ])("an event on standby keeps the owner we know (%s)", (appId, expected) => {
    expect(state(handover(0, appId), standby(1))).toBe(expected);
  });

  test("a standby event from before the handover to us changes nothing", () => {
    expect(state(standby(0), handover(1, OURS))).toBe("ours");
  });

  test("a release that Meta accepted makes the thread idle, without an end", () => {
    expect(foldControl([handover(0, OURS), released(1)], OURS, at(2))).toMatchObject({
      state: "idle",
      since: at(1),
      expiresAt: null,
    });
  });

  test("a refused send tells that an app Meta does not name holds the thread", () => {
    expect(foldControl([handover(0, OURS), refused(1)], OURS, null)).toMatchObject({ state: "other_app", appId: null });
    expect(state(handover(0, LEADGEN_APP_ID), refused(1))).toBe("other_app");
    expect(state(handover(0, PAGE_INBOX_APP_ID), refused(1))).toBe("page_inbox");
  });

  test("a send refused because questions are running shows Leadgen", () => {
    expect(foldControl([asking(0)], OURS, null)).toMatchObject({ state: "leadgen", appId: LEADGEN_APP_ID });
    expect(state(asking(0), handover(1, OURS))).toBe("ours");
  });

  test("at one Meta time handover speaks over echo, echo over standby, standby over a send error", () => {
    expect(state(handover(0, OURS), standby(0))).toBe("ours");
    expect(state(handover(0, OURS), echo(0, PAGE_INBOX_APP_ID))).toBe("ours");
    expect(state(echo(0, PAGE_INBOX_APP_ID), standby(0), refused(0))).toBe("page_inbox");
    expect(state(handover(-1, OURS), asking(0), standby(0))).toBe("leadgen");
  });

  test("Leadgen's goodbye after its handover asks nothing any more", () => {
    const passed = { ...handover(0, OURS), isLeadHandover: true };
    const goodbye = fact(1 / 3600, { kind: "leadgen_asking", source: "echo", appId: LEADGEN_APP_ID });
    expect(state(passed, goodbye)).toBe("ours");
    expect(state(passed, { ...goodbye, at: at(5) })).toBe("leadgen");
  });

  test("Leadgen's release frees the thread only while Leadgen holds it", () => {
    const letGo = { ...released(1), appId: LEADGEN_APP_ID };
    expect(state(asking(0), letGo)).toBe("idle");
    expect(state(asking(0), handover(0.5, OURS), letGo)).toBe("ours");
  });

  test("since stays with the beginning of an ownership, repeated news does not move it", () => {
    const { since } = foldControl([echo(0, PAGE_INBOX_APP_ID), echo(5, PAGE_INBOX_APP_ID)], OURS, null);
    expect(since).toEqual(at(0));
  });
});

describe("what Meta answers when it is asked", () => {
  const answer = (hours: number, given: OwnerAnswer) => ownerFact(given, at(hours), OURS);
  const owner = (hours: number, appId: string | null, until: number | null = null) =>
    answer(hours, { of: "thread_owner", owner: { appId, expiresAt: until === null ? null : at(until) } });
  const nobody = (hours: number) => answer(hours, { of: "thread_owner", owner: null });
  const isOwner = (hours: number, is: boolean) => answer(hours, { of: "is_owner", isOwner: is });

  test.each([
    [OURS, "ours"],
    [PAGE_INBOX_APP_ID, "page_inbox"],
    [INSTAGRAM_INBOX_APP_ID, "page_inbox"],
    [LEADGEN_APP_ID, "leadgen"],
    [OTHER, "other_app"],
  ])("thread_owner %s means %s", (appId, expected) => {
    expect(state(standby(0), owner(1, appId))).toBe(expected);
  });

  test("an owner it hides from us is not us, and whoever we knew of otherwise", () => {
    expect(state(handover(0, OURS), owner(1, null, 9))).toBe("unknown");
    expect(state(released(0), owner(1, null, 9))).toBe("unknown");
    expect(state(handover(0, PAGE_INBOX_APP_ID), owner(1, null, 9))).toBe("page_inbox");
  });

  test("an empty answer refutes that it is ours, and never proves that nobody holds it", () => {
    expect(state(handover(0, OURS), nobody(1))).toBe("unknown");
    expect(state(handover(0, PAGE_INBOX_APP_ID), nobody(1))).toBe("page_inbox");
    expect(state(handover(0, OURS), owner(1, null))).toBe("unknown");
    expect(state(nobody(0))).toBe("unknown");
    expect(state(released(0), nobody(1))).toBe("idle");
  });

  test("is_owner: true is ours, false is not ours", () => {
    expect(state(standby(0), isOwner(1, true))).toBe("ours");
    expect(state(handover(0, OURS), isOwner(1, false))).toBe("unknown");
    expect(state(handover(0, OTHER), isOwner(1, false))).toBe("other_app");
    expect(state(released(0), isOwner(1, false))).toBe("idle");
  });

  test("its end counts, longer or shorter than a day", () => {
    const end = (...facts: ControlFact[]) => foldControl(facts, OURS, at(0)).expiresAt;
    expect(end(handover(0, OURS), owner(1, OURS, 7 * 24))).toEqual(at(7 * 24));
    expect(end(handover(0, OURS), owner(1, OURS, 2))).toEqual(at(2));
    expect(end(handover(0, PAGE_INBOX_APP_ID), owner(1, null, 3))).toEqual(at(3));
  });

  test("a look starts no day anew", () => {
    expect(foldControl([handover(0, OURS), isOwner(5, true)], OURS, null).expiresAt).toEqual(at(24));
  });
});

describe("how long control lasts", () => {
  const week = 7 * 24;
  const extended = (hours: number, days: number) =>
    fact(hours, { source: "api", appId: OURS, expiresAt: at(hours + days * 24) });
  const end = (lastUserAction: number | null, ...facts: ControlFact[]) =>
    foldControl(facts, OURS, lastUserAction === null ? null : at(lastUserAction)).expiresAt;

  test.each([1, 2, 3, 4, 5, 6, 7])("extended by %i days it ends then", (days) => {
    expect(end(0, handover(0, OURS), extended(5, days))).toEqual(at(5 + days * 24));
  });

  test("any routing action sets it back to one day", () => {
    expect(end(0, extended(0, 7), handover(5, PAGE_INBOX_APP_ID))).toEqual(at(29));
    expect(end(0, extended(0, 7), handover(5, OURS))).toEqual(at(29));
    expect(end(0, extended(0, 7), extended(5, 1))).toEqual(at(29));
  });

  test("what the person writes near the end prolongs it by a day, and never shortens it", () => {
    expect(end(week - 1, extended(0, 7))).toEqual(at(week - 1 + 24));
    expect(end(10, extended(0, 7))).toEqual(at(week));
  });
});

describe("whether Meta should be asked", () => {
  const after = (...facts: ControlFact[]): Control => foldControl(facts, OURS, null);
  const asks = (before: ControlFact[], ...news: ControlFact[]) =>
    leavesOpen(after(...before), after(...before, ...news));

  test("when a standby event or a take without an owner leaves it open", () => {
    expect(asks([handover(0, OURS)], standby(1))).toBe(true);
    expect(asks([handover(0, OURS)], handover(1, null))).toBe(true);
  });

  test("when a send was refused because of somebody Meta does not name", () => {
    expect(asks([handover(0, OURS)], refused(1))).toBe(true);
  });

  test("when it became ours and the ad may have put off the end", () => {
    expect(asks([], handover(0, OURS))).toBe(true);
  });

  test("not when nothing changed, when the owner is named, or when Meta has just answered", () => {
    expect(asks([handover(0, PAGE_INBOX_APP_ID)], standby(1))).toBe(false);
    expect(asks([handover(0, OURS)], handover(1, OTHER))).toBe(false);
    expect(asks([handover(0, OURS)], ownerFact({ of: "thread_owner", owner: null }, at(1), OURS))).toBe(false);
  });
});

test("a request changes nothing until somebody passes", () => {
  const requested = fact(1, { kind: "requested", appId: OTHER });
  expect(state(handover(0, OURS), requested)).toBe("ours");
  expect(state(handover(0, OURS), requested, handover(2, OTHER))).toBe("other_app");
});

describe("the history of control", () => {
  const facts = [standby(3), handover(1, OURS), handover(2, OURS), echo(4, PAGE_INBOX_APP_ID)];
  const history = controlHistory(facts, OURS);

  test("holds each change once, in Meta's order", () => {
    expect(history.map(({ state, since }) => [state, since])).toEqual([
      ["ours", at(1)],
      ["unknown", at(3)],
      ["page_inbox", at(4)],
    ]);
  });

  test("tells who held the thread at any moment", () => {
    expect([0, 1, 2.5, 3, 9].map((hours) => stateAt(history, at(hours)))).toEqual([
      "unknown",
      "ours",
      "ours",
      "unknown",
      "page_inbox",
    ]);
  });
});

describe("the end of an ownership", () => {
  test("is a day after it began, or after the person's last action if that was later", () => {
    expect(foldControl([handover(0, OURS)], OURS, at(-3)).expiresAt).toEqual(at(24));
    expect(foldControl([handover(0, OURS)], OURS, at(3)).expiresAt).toEqual(at(27));
  });

  test("starts anew with a routing action, not with an echo", () => {
    expect(foldControl([handover(0, OURS), handover(5, OURS)], OURS, null).expiresAt).toEqual(at(29));
    const inbox = [handover(0, PAGE_INBOX_APP_ID), echo(5, PAGE_INBOX_APP_ID)];
    expect(foldControl(inbox, OURS, null).expiresAt).toEqual(at(24));
  });

  test("makes the thread idle from that instant on", () => {
    const control = foldControl([handover(0, PAGE_INBOX_APP_ID)], OURS, null);
    expect(controlAt(control, new Date(at(24).getTime() - 1))).toBe(control);
    expect(controlAt(control, at(24))).toMatchObject({ state: "idle", appId: null, since: at(24), expiresAt: null });
  });

  test("does not exist where nobody is known to hold the thread", () => {
    expect(foldControl([handover(0, OURS), standby(1)], OURS, at(1)).expiresAt).toBeNull();
  });
});

test("sending may be tried in ours, idle and unknown alone", () => {
  expect(controlStates.filter(mayTrySending)).toEqual(["ours", "idle", "unknown"]);
});

test("the order and the repetition in which facts arrive never matter", () => {
  const anyFact = fc.record({
    key: fc.constantFrom("a", "b", "c", "d", "e"),
    kind: fc.constantFrom(
      "owner" as const,
      "standby" as const,
      "released" as const,
      "refused" as const,
      "leadgen_asking" as const,
      "not_ours" as const,
      "requested" as const,
    ),
    source: fc.constantFrom(
      "handover" as const,
      "echo" as const,
      "standby" as const,
      "api" as const,
      "answer" as const,
      "send_error" as const,
    ),
    appId: fc.constantFrom(OURS, OTHER, PAGE_INBOX_APP_ID, LEADGEN_APP_ID, null),
    at: fc.integer({ min: 0, max: 3 }).map(at),
    isLeadHandover: fc.boolean(),
    expiresAt: fc.option(fc.integer({ min: 0, max: 200 }).map(at)),
  });
  const facts = fc.uniqueArray(anyFact, { selector: (each) => each.key, maxLength: 5 });
  const shuffled = facts.chain((set) =>
    fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length }), fc.subarray(set)),
  );

  fc.assert(
    fc.property(shuffled, ([set, other, repeats]) => {
      expect(foldControl([...other, ...repeats], OURS, at(1))).toEqual(foldControl(set, OURS, at(1)));
    }),
  );
});
