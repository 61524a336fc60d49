import { describe, expect, test } from "vitest";
import { incompleteLabel, readLeadLabel } from "./lead-label.ts";
import { after } from "./signal-samples.ts";

const label = (key: string, minutes: number, name: string, isRemoval = false) => ({
  key,
  name,
  isRemoval,
  at: after(minutes),
});

describe("Meta's labels", () => {
  test("are read by name, whatever its case and blanks", () => {
    expect(["Lead Complete", "lead disqualified ", "LEAD IN PROGRESS", "Lead  Incomplete"].map(readLeadLabel)).toEqual([
      "complete",
      "disqualified",
      "in_progress",
      "incomplete",
    ]);
    expect(readLeadLabel("Lead unvollständig")).toBe("incomplete");
  });

  test("labels people made say nothing", () => {
    expect(readLeadLabel("VIP")).toBeNull();
  });

  test("the newest one between this run and the next explains the run", () => {
    const facts = [
      label("a", -60, "Lead Disqualified"),
      label("b", 0, "Lead In Progress"),
      label("c", 1, "Lead Incomplete"),
      label("d", 2, "VIP"),
      label("e", 600, "Lead Disqualified"),
    ];
    expect(incompleteLabel(facts, after(0), after(600))).toBe("incomplete");
    expect(incompleteLabel(facts, after(0), null)).toBe("disqualified");
    expect(incompleteLabel(facts, after(100), after(200))).toBeNull();
  });

  test("of two put on at one moment the greater key speaks, in any order", () => {
    const facts = [label("a", 1, "Lead Disqualified"), label("b", 1, "Lead Incomplete")];
    expect(incompleteLabel(facts, after(0), null)).toBe("incomplete");
    expect(incompleteLabel(facts.toReversed(), after(0), null)).toBe("incomplete");
  });

  test("it may come up to 15 minutes before its run, and then is not the run's before", () => {
    const at = (minutes: number) => [label("a", minutes, "Lead Incomplete")];
    expect([-15, -15.1].map((minutes) => incompleteLabel(at(minutes), after(0), null))).toEqual(["incomplete", null]);
    expect([44.9, 45].map((minutes) => incompleteLabel(at(minutes), after(0), after(60)))).toEqual([
      "incomplete",
      null,
    ]);
    expect(incompleteLabel([label("a", 1, "Lead Complete")], after(0), null)).toBeNull();
  });

  test.each([
    ["Lead abgeschlossen", "complete"],
    ["Lead vollständig", "complete"],
    ["Lead disqualifiziert", "disqualified"],
    ["Lead nicht qualifiziert", "disqualified"],
    ["Lead in Bearbeitung", "in_progress"],
  ])("%s may be German for %s", (name, meaning) => expect(readLeadLabel(name)).toBe(meaning));

  test("taken off later, it has still been said", () => {
    const facts = [label("a", 1, "Lead Incomplete"), label("b", 500, "Lead Incomplete", true)];
    expect(incompleteLabel(facts, after(0), null)).toBe("incomplete");
  });
});
