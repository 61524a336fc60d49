import { expect, test } from "vitest";
import type { Control } from "#lib/threads/control.ts";
import { askingControl } from "./asking-control.ts";

const at = new Date("2026-11-22T10:00:00Z");
const unknown: Control = { state: "unknown", appId: null, since: null, expiresAt: null, source: null };
const ours: Control = { state: "ours", appId: "1", since: at, expiresAt: null, source: "api" };

test("running questions mean Leadgen where nothing else is known", () => {
  expect(askingControl("in_progress", at, unknown)).toMatchObject({ state: "leadgen", since: at });
});

test("what is known of control stands, and ended questions hold nothing", () => {
  expect(askingControl("in_progress", at, ours)).toBe(ours);
  expect(askingControl("complete", at, unknown)).toBe(unknown);
});
