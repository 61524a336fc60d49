import { describe, expect, test } from "vitest";
import { chooseLocale } from "./locales.ts";
import { chooseTimeZone } from "./time-zones.ts";

describe("the language of a request", () => {
  test("is the person's choice before the browser's wish", () => {
    expect(chooseLocale("de", "en-US,en;q=0.9")).toBe("de");
  });
  test("is the heaviest wish we can fulfil", () => {
    expect(chooseLocale(undefined, "fr-FR,en;q=0.4,de-AT;q=0.8")).toBe("de");
    expect(chooseLocale(undefined, "de;q=0, en")).toBe("en");
  });
  test("falls back to English", () => {
    expect(chooseLocale("xx", null)).toBe("en");
    expect(chooseLocale(undefined, "fr")).toBe("en");
  });
});

describe("the time zone of a request", () => {
  test("is taken from the cookie when it is one", () => {
    expect(chooseTimeZone("Europe/Berlin")).toBe("Europe/Berlin");
  });
  test("is UTC for anything else", () => {
    expect(chooseTimeZone(undefined)).toBe("UTC");
    expect(chooseTimeZone("Mars/Olympus; DROP")).toBe("UTC");
  });
});
