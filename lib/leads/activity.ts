/**
 * What happened to a lead, told on its page. `data` holds the words the sentence needs, never texts of people:
 * created { status, reason } · status_changed { from, to, reason } · joined { ids } · split { from } ·
 * claimed {} · assigned { to } · unassigned {} · stage_changed { from, to, reason } · done {} · reopened {} ·
 * control_asked { kind } · reply_arrived {} · reply_not_arrived {}.
 */
export const activityKinds = [
  "created",
  "status_changed",
  "joined",
  "split",
  "claimed",
  "assigned",
  "unassigned",
  "stage_changed",
  "done",
  "reopened",
  "control_asked",
  "reply_arrived",
  "reply_not_arrived",
] as const;
export type ActivityKind = (typeof activityKinds)[number];
