import { expect, test } from "vitest";
import { greetingId, greetingText } from "./greeting.ts";

test("a lead has one greeting, however often it is asked for", () => {
  const id = greetingId("1", "a");
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  expect(greetingId("1", "a")).toBe(id);
  expect(new Set([id, greetingId("1", "b"), greetingId("2", "a"), greetingId("1:", "a")]).size).toBe(4);
});

test("no later version makes another id of it, and greets twice", () => {
  expect(greetingId("104411223344556", "0192f7c1-5b1e-7abc-8def-0123456789ab")).toBe(
    "bffa578c-9f85-8d5b-8e33-5fc575afa672",
  );
});

test("the sentence the law wants comes first, where there is one", () => {
  expect(greetingText("Hello!", null)).toBe("Hello!");
  expect(greetingText("Hello!", "  ")).toBe("Hello!");
  expect(greetingText("Hello!", " A machine writes. ")).toBe("A machine writes.\n\nHello!");
});
