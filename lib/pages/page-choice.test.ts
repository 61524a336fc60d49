import { expect, test } from "vitest";
import { lackingTasks } from "./page-choice.ts";

test.each([
  [[], []],
  [["MESSAGING", "MODERATE"], []],
  [["ANALYZE"], ["MESSAGING", "MODERATE"]],
  [["MESSAGING"], ["MODERATE"]],
  [["MODERATE", "ADVERTISE"], ["MESSAGING"]],
])("who has the tasks %j lacks %j", (tasks, lacks) => expect(lackingTasks(tasks)).toEqual(lacks));
