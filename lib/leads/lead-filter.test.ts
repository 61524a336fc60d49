import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { controlStates } from "#lib/threads/control.ts";
import { leadReasons, leadStatuses, stages } from "./lead.ts";
import {
  emptyLeadFilter,
  leadFilter,
  leadFilterParams,
  leadSorts,
  parseLeadFilter,
  windowWords,
  workStates,
} from "./lead-filter.ts";

const read = (query: string) => parseLeadFilter(new URLSearchParams(query));
const agentId = "0192f7c1-5b1e-7abc-8def-0123456789ab";

describe("reading an address", () => {
  test("an empty one is the empty filter", () => {
    expect(read("")).toEqual({ filter: emptyLeadFilter(), rejected: [] });
  });

  test("several values stand in one word, or the word stands several times", () => {
    expect(read("status=incomplete,complete").filter.status).toEqual(["complete", "incomplete"]);
    expect(read("status=incomplete&status=complete,complete").filter.status).toEqual(["complete", "incomplete"]);
  });

  test("every word is understood", () => {
    const { filter, rejected } = read(
      `status=complete&reason=stopped&stage=won&assignee=me,none,${agentId.toUpperCase()}&page=104411223344556&ad=120231004567890101` +
        "&q=%20Ana%20&from=2026-11-01&to=2026-11-02T10:00:00Z&window=closing&control=page_inbox&state=open&sort=-waiting",
    );
    expect(rejected).toEqual([]);
    expect(filter).toEqual({
      status: ["complete"],
      reason: ["stopped"],
      stage: ["won"],
      assignee: [agentId, "me", "none"],
      page: ["104411223344556"],
      ad: ["120231004567890101"],
      q: "Ana",
      from: "2026-11-01",
      to: "2026-11-02T10:00:00Z",
      window: ["closing"],
      control: ["page_inbox"],
      state: ["open"],
      sort: "-waiting",
    });
  });

  test("values nobody knows are left out and named, their neighbours stay", () => {
    expect(read("status=complete,lost&sort=size&from=2026-02-30&assignee=you&page=1;drop")).toEqual({
      filter: { ...emptyLeadFilter(), status: ["complete"] },
      rejected: ["status=lost", "assignee=you", "page=1;drop", "from=2026-02-30", "sort=size"],
    });
  });

  test("words of the screen, and words nobody knows, are not this filter's business", () => {
    expect(read("view=mine&lead=1.2&utm_source=x")).toEqual({ filter: emptyLeadFilter(), rejected: [] });
  });

  test("a search too long for anybody to mean is refused, not cut", () => {
    const q = "x".repeat(201);
    expect(read(`q=${q}`)).toEqual({ filter: emptyLeadFilter(), rejected: [`q=${q}`] });
  });

  test("NUL never reaches the database", () => {
    expect(read("q=A%00na").filter.q).toBe("Ana");
  });

  test("search params as Next gives them read the same", () => {
    const params = { status: ["complete", "incomplete"], q: "Ana", view: undefined };
    expect(parseLeadFilter(params).filter).toEqual(read("status=complete,incomplete&q=Ana").filter);
  });

  test("whatever is written there, it never throws and always gives a filter", () => {
    const word = fc.oneof(fc.constantFrom(...leadFilter.keyof().options, "__proto__", "constructor"), fc.string());
    const anyText = fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, anyText), { maxLength: 5 }), (pairs) => {
        expect(leadFilter.safeParse(parseLeadFilter(new URLSearchParams(pairs)).filter).success).toBe(true);
        expect(leadFilter.safeParse(parseLeadFilter(Object.fromEntries(pairs)).filter).success).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe("writing an address", () => {
  test("what is default is left out", () => {
    expect(leadFilterParams(emptyLeadFilter()).toString()).toBe("");
  });

  test("order and repetition make no second address for one filter", () => {
    const one = { ...emptyLeadFilter(), page: ["2", "1"], status: ["incomplete" as const, "complete" as const] };
    const two = { ...emptyLeadFilter(), page: ["1", "2", "1"], status: ["complete" as const, "incomplete" as const] };
    expect(leadFilterParams(one).toString()).toBe(leadFilterParams(two).toString());
  });

  test("reading what was written gives the filter back", () => {
    const some = <T extends string>(values: readonly T[]) => fc.subarray([...values]).map((list) => list.toSorted());
    const anyFilter = fc.record({
      status: some(leadStatuses),
      reason: some(leadReasons),
      stage: some(stages),
      assignee: some(["me", "none", agentId]),
      page: some(["104411223344556", "104411223399887"]),
      ad: some(["120231004567890101"]),
      q: fc.string({ maxLength: 200 }).map((text) => text.replaceAll("\0", "").trim()),
      from: fc.constantFrom(null, "2026-11-22", "2026-11-22T10:00:00+01:00"),
      to: fc.constantFrom(null, "2026-11-23"),
      window: some(windowWords),
      control: some(controlStates),
      state: some(workStates),
      sort: fc.constantFrom(...leadSorts),
    });
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const { filter: again, rejected } = parseLeadFilter(new URLSearchParams(leadFilterParams(filter).toString()));
        expect(again).toEqual(filter);
        expect(rejected).toEqual([]);
      }),
    );
  });
});
