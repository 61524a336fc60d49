import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { sampleNames } from "./samples/read-sample.ts";
import { eventsOf } from "./samples/sample-events.ts";

/**
 * What each sample says, whole. Its keys stand in every installation's database: another key for the same event would
 * let a repeat, or a replay of the kept bytes, in a second time.
 */
const file = new URL("./samples/expected/events.json", import.meta.url);
const expected = z.record(z.string(), z.array(z.unknown())).parse(JSON.parse(readFileSync(file, "utf8")));

test("what they say is known of all of them", () => {
  expect(Object.keys(expected).toSorted()).toEqual([...sampleNames].toSorted());
});

test.each(sampleNames)("%s is read as it always was", (name) => {
  expect(JSON.parse(JSON.stringify(eventsOf(name)))).toEqual(expected[name]);
});
