import { expect, test } from "vitest";
import { reasonWord, reasonWords } from "./reason-words.ts";

test("each reason is told by its own word, and what nobody knows as such", () => {
  expect(reasonWords.map(reasonWord)).toEqual([...reasonWords]);
  expect(new Set(reasonWords).size).toBe(reasonWords.length);
  expect([null, "", "hologram"].map(reasonWord)).toEqual(["other", "other", "other"]);
});
