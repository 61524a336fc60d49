import { describe, expect, test } from "vitest";
import { knownPlace, restoreSigns, type SendingPlace } from "./sending.ts";
import { isMissingFile, markFile, readMark } from "./sending-mark.ts";

const place: SendingPlace = { system: "s1", timeline: "1", database: "5", folder: "f1" };
const blind: SendingPlace = { system: null, timeline: null, database: null, folder: null };
const quiet = {
  known: place,
  found: place,
  isRewritten: false,
  mark: "kept",
  hasReplies: true,
  hasUnsent: true,
} as const;
const signs = (given: Partial<Parameters<typeof restoreSigns>[0]>) => restoreSigns({ ...quiet, ...given });

describe("a database", () => {
  test("that is where it was gives no sign", () => {
    expect(signs({})).toEqual([]);
    expect(signs({ mark: "none" })).toEqual([]);
  });

  test.each(["system", "timeline", "database", "folder"] as const)("with another %s was restored", (part) => {
    expect(signs({ found: { ...place, [part]: "other" } })).toEqual([part]);
    // What could not be read, now or then, proves nothing.
    expect(signs({ found: { ...place, [part]: null } })).toEqual([]);
    expect(signs({ known: { ...place, [part]: null }, found: { ...place, [part]: "other" } })).toEqual([]);
  });

  test("that was written by somebody else, or went back in time, was restored", () => {
    expect(signs({ isRewritten: true })).toEqual(["rewritten"]);
    expect(signs({ mark: "behind" })).toEqual(["mark"]);
    expect(signs({ found: { ...place, system: "s2", folder: "f2" }, isRewritten: true, mark: "behind" })).toEqual([
      "system",
      "folder",
      "rewritten",
      "mark",
    ]);
  });

  test("nobody has looked at is new without replies, and held back with such as would leave", () => {
    expect(signs({ known: null, hasReplies: false, hasUnsent: false, mark: "behind", isRewritten: true })).toEqual([]);
    expect(signs({ known: null, hasUnsent: false })).toEqual([]);
    expect(signs({ known: null })).toEqual(["unsent"]);
    expect(signs({ known: null, mark: "behind" })).toEqual(["mark", "unsent"]);
    expect(signs({ hasReplies: false })).toEqual([]);
  });
});

test("what cannot be read of a place today stays as it was", () => {
  expect(knownPlace(place, blind)).toEqual(place);
  expect(knownPlace(blind, place)).toEqual(place);
  expect(knownPlace(null, blind)).toEqual(blind);
  const other = { system: "s2", timeline: "2", database: "6", folder: "f2" };
  expect(knownPlace(place, other)).toEqual(other);
});

describe("the mark beside the database", () => {
  const mark = { id: "0192f7c1-5b1e-7abc-8def-0123456789ab", count: 7 };

  test("is read as it was written", () => expect(readMark(JSON.stringify(mark))).toEqual(mark));

  test.each(["", "{", "null", "{}", JSON.stringify({ ...mark, id: "x" }), JSON.stringify({ ...mark, count: 0.5 })])(
    "cut off or none of ours it proves nothing: %j",
    (text) => expect(readMark(text)).toBeNull(),
  );

  test("stands in the folder of the data, and may be missing", () => {
    expect(markFile("/data")).toBe("/data/sending.json");
    const failure = (code?: string) => Object.assign(new Error("x"), code === undefined ? {} : { code });
    expect(["ENOENT", "ENOTDIR"].map((code) => isMissingFile(failure(code)))).toEqual([true, true]);
    expect([failure("EACCES"), failure(), { code: "ENOENT" }, null].map(isMissingFile)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
