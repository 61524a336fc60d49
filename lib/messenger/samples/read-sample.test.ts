import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { readSample, sampleNames } from "./read-sample.ts";

test("every sample is listed, and is JSON", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".json"));
  expect(files.map((file) => file.replace(".json", "")).toSorted()).toEqual([...sampleNames].toSorted());
  for (const name of sampleNames) expect(() => JSON.parse(Buffer.from(readSample(name)).toString())).not.toThrow();
});
