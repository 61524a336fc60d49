import { describe, expect, test } from "vitest";
import { joinWork, type LeadWork } from "./join-work.ts";
import { after } from "./signal-samples.ts";

const untouched = {
  assigneeId: null,
  assignedAt: null,
  stage: "new",
  stageReason: null,
  stageChangedAt: null,
} as const;
const work = (id: string, more: Partial<LeadWork> = {}): LeadWork => ({ ...untouched, id, ...more });

describe("rule 8: joining", () => {
  test("the survivor's assignee and stage stay, though others changed later", () => {
    const survivor = work("a", {
      assigneeId: "jana",
      assignedAt: after(0),
      stage: "contacted",
      stageChangedAt: after(0),
    });
    const other = work("b", {
      assigneeId: "omar",
      assignedAt: after(9),
      stage: "lost",
      stageReason: "price",
      stageChangedAt: after(9),
    });
    expect(joinWork(survivor, [other])).toEqual(survivor);
  });

  test("an untouched survivor takes the newest human change, assignee and stage each for itself", () => {
    const b = work("b", { assigneeId: "omar", assignedAt: after(9), stage: "contacted", stageChangedAt: after(1) });
    const c = work("c", {
      assigneeId: "jana",
      assignedAt: after(5),
      stage: "lost",
      stageReason: "price",
      stageChangedAt: after(5),
    });
    expect(joinWork(work("a"), [b, c])).toEqual(
      work("a", {
        assigneeId: "omar",
        assignedAt: after(9),
        stage: "lost",
        stageReason: "price",
        stageChangedAt: after(5),
      }),
    );
  });

  test("giving a lead back is a touch", () => {
    const survivor = work("a", { assignedAt: after(0) });
    expect(joinWork(survivor, [work("b", { assigneeId: "omar", assignedAt: after(9) })])).toEqual(survivor);
  });

  test("all untouched stays untouched, and the order of the others does not matter", () => {
    expect(joinWork(work("a"), [work("b"), work("c")])).toEqual(work("a"));
    const [b, c] = [
      work("b", { assigneeId: "omar", assignedAt: after(9) }),
      work("c", { assigneeId: "jana", assignedAt: after(9) }),
    ];
    expect(joinWork(work("a"), [b, c])).toEqual(joinWork(work("a"), [c, b]));
    expect(joinWork(work("a"), [c, b])).toMatchObject({ id: "a", assigneeId: "omar" });
    expect(joinWork(work("a"), [])).toEqual(work("a"));
  });
});
