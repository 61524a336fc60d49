import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GroupCommit, type Limits } from "./group-commit.ts";

const LIMITS: Limits = { items: 100, bytes: 1_000, together: 10, bytesTogether: 100, patienceMs: 60_000 };

/** A commit that goes on when told how it ended. */
function slow(limits: Partial<Limits> = {}, isOnesOwnFault: (cause: unknown) => boolean = () => false) {
  const batches: { items: readonly string[]; end: (cause?: unknown) => Promise<void> }[] = [];
  const group = new GroupCommit<string>({
    limits: { ...LIMITS, ...limits },
    isOnesOwnFault,
    commit: (items) =>
      new Promise((resolve, reject) => {
        const end = async (cause?: unknown) => {
          if (cause === undefined) resolve();
          else reject(cause);
          await new Promise(setImmediate);
        };
        batches.push({ items, end });
      }),
  });
  const outcomes: Record<string, unknown> = {};
  const add = (item: string, bytes = 1) => {
    group.add(item, bytes).then(
      () => {
        outcomes[item] = "kept";
      },
      (cause: unknown) => {
        outcomes[item] = cause instanceof Error ? cause.message : cause;
      },
    );
  };
  return { group, batches, outcomes, add };
}
const settled = () => new Promise(setImmediate);

describe("what comes at the same moment", () => {
  test("leaves at once and together; what comes later gathers behind it, and leaves together", async () => {
    const { batches, outcomes, add } = slow();
    add("a");
    add("b");
    await settled();
    for (const item of ["c", "d"]) add(item);
    await settled();
    add("e");
    await settled();
    expect(batches.map(({ items }) => items)).toEqual([["a", "b"]]);
    await batches[0]?.end();
    expect(outcomes).toEqual({ a: "kept", b: "kept" });
    expect(batches.map(({ items }) => items.join(""))).toEqual(["ab", "cde"]);
    await batches[1]?.end();
    expect(outcomes).toEqual({ a: "kept", b: "kept", c: "kept", d: "kept", e: "kept" });
    add("f");
    await settled();
    expect(batches[2]?.items).toEqual(["f"]);
  });

  test("goes in batches no larger than allowed, by count and by bytes, in its order", async () => {
    const { batches, add } = slow({ together: 3 });
    for (const [item, bytes] of [
      ["a", 1],
      ["b", 60],
      ["c", 40],
      ["d", 1],
      ["e", 500],
      ["f", 1],
      ["g", 1],
      ["h", 1],
      ["i", 1],
    ] as const)
      add(item, bytes);
    await settled();
    for (let n = 0; n < batches.length; n += 1) await batches[n]?.end();
    expect(batches.map(({ items }) => items.join(""))).toEqual(["ab", "cd", "e", "fgh", "i"]);
  });
});

describe("what is too much", () => {
  test("is refused at once, by count, under way or not, and taken again when there is room", async () => {
    const { group, batches, outcomes, add } = slow({ items: 2 });
    for (const item of ["a", "b", "c"]) add(item);
    await settled();
    expect(outcomes).toEqual({ c: "full" });
    expect(group.trouble).toBe("full");
    await batches[0]?.end();
    expect(group.trouble).toBeNull();
    add("d");
    await settled();
    await batches[1]?.end();
    expect(outcomes).toEqual({ a: "kept", b: "kept", c: "full", d: "kept" });
  });

  test("is refused at once, by bytes; the largest there is finds room when nothing else is there", async () => {
    const { batches, outcomes, add } = slow({ bytes: 10 });
    add("a", 50);
    add("b", 1);
    await settled();
    expect(outcomes).toEqual({ b: "full" });
    await batches[0]?.end();
    add("c", 10);
    add("d", 1);
    await settled();
    await batches[1]?.end();
    expect(outcomes).toEqual({ a: "kept", b: "full", c: "kept", d: "full" });
  });
});

describe("a failing commit", () => {
  test("fails all it carried and nobody else, and the next ones are tried", async () => {
    const { group, batches, outcomes, add } = slow();
    add("a");
    await settled();
    for (const item of ["b", "c"]) add(item);
    await batches[0]?.end(new Error("away"));
    expect(outcomes).toEqual({ a: "away" });
    expect(group.trouble).toBe("failing");
    await batches[1]?.end();
    expect(outcomes).toEqual({ a: "away", b: "kept", c: "kept" });
    expect(group.trouble).toBeNull();
  });

  test("for what one of many is, is tried again one by one", async () => {
    const { group, batches, outcomes, add } = slow({}, (cause) => cause instanceof Error && cause.message === "odd");
    add("a");
    await settled();
    for (const item of ["b", "c", "d"]) add(item);
    await batches[0]?.end();
    await batches[1]?.end(new Error("odd"));
    expect(outcomes).toEqual({ a: "kept" });
    await batches[2]?.end();
    await batches[3]?.end(new Error("odd"));
    expect(outcomes).toEqual({ a: "kept", b: "kept", c: "odd" });
    expect(group.trouble).toBeNull();
    await batches[4]?.end();
    expect(batches.map(({ items }) => items.join(""))).toEqual(["a", "bcd", "b", "c", "d"]);
    expect(outcomes).toEqual({ a: "kept", b: "kept", c: "odd", d: "kept" });
  });

  test("that throws nothing at all has failed all the same", async () => {
    const group = new GroupCommit<string>({
      limits: LIMITS,
      isOnesOwnFault: () => false,
      commit: () => Promise.reject(),
    });
    await expect(group.add("a", 1)).rejects.toThrow("The commit failed.");
  });
});

describe("patience", () => {
  test("ends for whoever waits too long; what was not begun is not begun any more", async () => {
    const { batches, outcomes, add, group } = slow({ patienceMs: 5, items: 2 });
    add("a");
    await settled();
    add("b");
    await expect.poll(() => outcomes).toEqual({ a: "late", b: "late" });
    // The one under way still takes its room.
    add("c");
    add("d");
    await settled();
    expect(outcomes).toMatchObject({ d: "full" });
    await expect.poll(() => outcomes).toMatchObject({ c: "late" });
    await batches[0]?.end();
    expect(batches.length).toBe(1);
    expect(outcomes).toEqual({ a: "late", b: "late", c: "late", d: "full" });
    expect(group.trouble).toBeNull();
    add("e");
    await settled();
    await batches[1]?.end();
    expect(outcomes).toMatchObject({ e: "kept" });
  });
});

test("whatever comes and however commits end: each is answered once, kept only if committed, and the room is empty in the end", async () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 120 }) }),
    fc.constantFrom({ end: "ok" }, { end: "away" }, { end: "odd" }),
    fc.constant({ turn: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const limits = { items: 12, bytes: 300 };
      const { group, batches, outcomes, add } = slow(
        limits,
        (cause) => cause instanceof Error && cause.message === "odd",
      );
      const committed = new Set<string>();
      let ended = 0;
      let added = 0;
      const end = async (how: string) => {
        const batch = batches[ended];
        if (batch === undefined) return;
        ended += 1;
        if (how === "ok") for (const item of batch.items) expect(committed.has(item)).toBe(false);
        if (how === "ok") for (const item of batch.items) committed.add(item);
        await batch.end(how === "ok" ? undefined : new Error(how));
      };
      for (const one of steps) {
        if ("end" in one) await end(one.end);
        else if ("turn" in one) await settled();
        else {
          add(`i${added}`, one.add);
          added += 1;
        }
      }
      await settled();
      while (ended < batches.length) await end("ok");
      await settled();
      expect(Object.keys(outcomes).length).toBe(added);
      for (const [item, outcome] of Object.entries(outcomes)) expect(outcome === "kept").toBe(committed.has(item));
      add("last", 300);
      await settled();
      await end("ok");
      expect(outcomes.last).toBe("kept");
      expect(group.trouble).toBeNull();
    }),
    { numRuns: 300, seed: 4 },
  );
});
