/**
 * What somebody may connect after saying yes at Meta: pages, and the Instagram accounts linked to them. The tokens stay
 * on the server.
 */
export type PageChoice = {
  id: string;
  name: string;
  platform: "messenger" | "instagram";
  /** Tasks the person lacks on the page; without them it cannot be worked with. */
  lacks: ("MESSAGING" | "MODERATE")[];
  isConnected: boolean;
};

const needed = ["MESSAGING", "MODERATE"] as const;

export function lackingTasks(tasks: readonly string[]): PageChoice["lacks"] {
  // Older answers name no tasks at all.
  return tasks.length === 0 ? [] : needed.filter((task) => !tasks.includes(task));
}
