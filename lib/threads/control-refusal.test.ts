import { describe, expect, test } from "vitest";
import { judgeRefusal } from "./control-refusal.ts";

describe("a refused take", () => {
  test("is the page's setting where routing is set up", () => {
    expect(judgeRefusal("take", "permissionMissing", "configured")).toMatchObject({
      reason: "take_forbidden",
      forbidsTaking: true,
      asksInstead: false,
    });
  });

  test.each(["none", null] as const)("becomes a request where the routing is %s", (routing) => {
    expect(judgeRefusal("take", "permissionMissing", routing)).toMatchObject({
      reason: "take_not_possible",
      forbidsTaking: false,
      asksInstead: true,
    });
  });

  test("for another reason says that reason alone", () => {
    expect(judgeRefusal("take", "questionsRunning", "none")).toEqual({
      reason: "questionsRunning",
      asksInstead: false,
      forbidsTaking: false,
      refutesRouting: false,
    });
  });
});

test("a request that is refused refutes that there is no routing, or shows that taking is forbidden", () => {
  const reason = "request_not_possible";
  expect(judgeRefusal("request", "permissionMissing", "none")).toMatchObject({ reason, refutesRouting: true });
  expect(judgeRefusal("request", "permissionMissing", null)).toMatchObject({ reason, forbidsTaking: true });
});

test("a thread that cannot be passed to the default app is the default app's", () => {
  expect(judgeRefusal("pass_default", "rejected", "configured").reason).toBe("default_is_us");
  expect(judgeRefusal("pass_app", "rejected", "configured").reason).toBe("step_rejected");
});
