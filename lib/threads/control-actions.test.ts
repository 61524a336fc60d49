import { describe, expect, test } from "vitest";
import { controlStates } from "./control.ts";
import { type ControlTerms, controlAdvice, controlConsequences, controlOffers, isOffered } from "./control-actions.ts";

const OTHER = "2233445566778899";
const yesNo = [false, true];
/** Every page and thread there can be, but for the number of other apps. */
const everyTerms: ControlTerms[] = (["configured", "none", null] as const).flatMap((routing) =>
  yesNo.flatMap((isTakeRefused) =>
    yesNo.flatMap((isInterruptRefused) =>
      yesNo.flatMap((isDefaultOurs) =>
        [[], [OTHER]].map((otherAppIds) => ({
          routing,
          isTakeRefused,
          isInterruptRefused,
          isDefaultOurs,
          otherAppIds,
        })),
      ),
    ),
  ),
);
const terms = (over: Partial<ControlTerms> = {}): ControlTerms => ({
  routing: "configured",
  isTakeRefused: false,
  isInterruptRefused: false,
  isDefaultOurs: false,
  otherAppIds: [],
  ...over,
});
const kinds = (...given: Parameters<typeof controlOffers>) => controlOffers(...given).map(({ kind }) => kind);

describe("with routing", () => {
  test("what we hold can be passed on, kept or released, not taken", () => {
    expect(kinds("ours", terms())).toEqual(["pass_page_inbox", "pass_default", "extend", "release"]);
  });

  test.each(["page_inbox", "other_app", "unknown"] as const)("from %s control is taken, never asked for", (state) => {
    expect(kinds(state, terms())).toContain("take");
    expect(kinds(state, terms())).not.toContain("request");
  });

  test("taking over while questions run says that it ends them", () => {
    expect(controlOffers("leadgen", terms())).toMatchObject([{ kind: "take", consequence: "take_ends_questions" }]);
  });

  test("where the page's setting forbids taking, that is explained, and may be tried again", () => {
    const forbidden = terms({ isTakeRefused: true });
    expect(controlAdvice("page_inbox", forbidden)).toBe("take_forbidden");
    expect(controlOffers("page_inbox", forbidden)).toMatchObject([{ kind: "take", consequence: "take_again" }]);
    expect(controlAdvice("ours", forbidden)).toBeNull();
  });

  test("a default app of ours has nobody to pass to", () => {
    expect(kinds("ours", terms({ isDefaultOurs: true }))).not.toContain("pass_default");
  });
});

describe("without routing", () => {
  const none = terms({ routing: "none" });

  test.each(["page_inbox", "other_app", "idle", "unknown"] as const)("in %s control is asked for", (state) => {
    expect(kinds(state, none)).toContain("request");
  });

  test("nobody may take, and there is no default app", () => {
    for (const state of controlStates) {
      expect(kinds(state, none)).not.toContain("take");
      expect(kinds(state, none)).not.toContain("pass_default");
    }
  });

  test("running questions end by themselves alone", () => {
    expect(controlOffers("leadgen", none)).toEqual([]);
    expect(controlAdvice("leadgen", none)).toBe("questions_must_end");
  });
});

test("while the routing is unknown, taking says that it may become asking", () => {
  expect(controlOffers("page_inbox", terms({ routing: null }))).toMatchObject([{ kind: "take", orAsk: true }]);
  expect(controlOffers("page_inbox", terms())).toMatchObject([{ orAsk: false }]);
});

test("questions that an ad does not let us end are not ended twice", () => {
  expect(controlOffers("leadgen", terms({ isInterruptRefused: true }))).toEqual([]);
});

test("other apps seen here can be given the thread by an owner, or while nobody is", () => {
  const withApp = terms({ otherAppIds: [OTHER] });
  const toApp = { kind: "pass_app", targetAppId: OTHER } as const;
  expect(controlStates.filter((state) => isOffered(toApp, state, withApp))).toEqual(["ours", "idle"]);
  expect(isOffered({ ...toApp, targetAppId: "1" }, "ours", withApp)).toBe(false);
  expect(isOffered({ ...toApp, targetAppId: null }, "ours", withApp)).toBe(false);
});

test("only an owner may release or extend", () => {
  for (const kind of ["release", "extend"] as const) {
    const where = controlStates.filter((state) => isOffered({ kind, targetAppId: null }, state, terms()));
    expect(where).toEqual(["ours"]);
  }
});

test("no state is a dead end, and no step is offered twice", () => {
  for (const each of everyTerms) {
    for (const state of controlStates) {
      const offers = controlOffers(state, each);
      expect(offers.length > 0 || controlAdvice(state, each) !== null).toBe(true);
      expect(new Set(offers.map(({ kind, targetAppId }) => `${kind} ${targetAppId}`)).size).toBe(offers.length);
    }
  }
});

test("every consequence is that of some offer", () => {
  const used = everyTerms.flatMap((each) =>
    controlStates.flatMap((state) => controlOffers(state, each).map(({ consequence }) => consequence)),
  );
  expect([...new Set(used)].toSorted()).toEqual(controlConsequences.toSorted());
});
