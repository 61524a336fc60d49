import { expect, test } from "vitest";
import { readControl } from "./read-control.ts";
import { readControlFact } from "./read-control-fact.ts";
import { readRouting } from "./read-routing.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));

test("a thread's row is read in the words of control, and odd words are refused", () => {
  const row = {
    control: "other_app",
    controlAppId: "5",
    controlSince: at(1),
    controlExpiresAt: at(2),
    controlSource: "handover",
  };
  const control = { state: "other_app", appId: "5", since: at(1), expiresAt: at(2), source: "handover" };
  expect(readControl(row)).toEqual(control);
  expect(readControl({ ...row, controlSource: null })).toEqual({ ...control, source: null });
  expect(() => readControl({ ...row, control: "mine" })).toThrow();
  expect(() => readControl({ ...row, controlSource: "rumour" })).toThrow();
});

test("a fact's row is read in the fold's words, and odd words are refused", () => {
  const row = {
    key: "k",
    kind: "owner",
    source: "api",
    appId: "5",
    at: at(1),
    isLeadHandover: true,
    expiresAt: at(2),
  };
  expect(readControlFact(row)).toEqual(row);
  expect(() => readControlFact({ ...row, kind: "mine" })).toThrow();
  expect(() => readControlFact({ ...row, source: "rumour" })).toThrow();
});

test("a page's routing is one of Meta's two, or not known", () => {
  expect(["configured", "none", null].map(readRouting)).toEqual(["configured", "none", null]);
  expect(() => readRouting("both")).toThrow();
});
