/** What PostgreSQL's own settings promise about what it has committed, and what they no longer do. */

/** The settings that decide it, as one session sees them: a role or a database may have defaults of its own. */
export const DURABILITY_SETTINGS = [
  "fsync",
  "full_page_writes",
  "synchronous_commit",
  "synchronous_standby_names",
  "zero_damaged_pages",
  "ignore_checksum_failure",
] as const;

/** `loss`: what was answered for may be gone, or gone bad. `note`: an operator may want it so, and should know. */
export type DurabilityFault = { kind: "loss" | "note"; sentence: string };

/** https://www.postgresql.org/docs/current/runtime-config-wal.html */
export function durabilityFaults(settings: Readonly<Record<string, string>>): DurabilityFault[] {
  const faults: DurabilityFault[] = [];
  const off = ["fsync", "full_page_writes", "synchronous_commit"].filter((name) => settings[name] === "off");
  if (off.length > 0) {
    const sentence = `PostgreSQL runs with ${off.join(", ")} off: a power cut would lose leads we answered for.`;
    faults.push({ kind: "loss", sentence });
  }
  const blind = ["zero_damaged_pages", "ignore_checksum_failure"].filter((name) => settings[name] === "on");
  if (blind.length > 0) {
    const sentence = `PostgreSQL runs with ${blind.join(", ")} on: a damaged disk would go unnoticed, and leads with it.`;
    faults.push({ kind: "loss", sentence });
  }
  const { synchronous_commit: commit = "", synchronous_standby_names: standbys = "" } = settings;
  if (standbys !== "" && (commit === "local" || commit === "remote_write")) {
    const sentence = `PostgreSQL has a synchronous standby, but synchronous_commit is ${commit}: it is set to on where deliveries are kept, and elsewhere a standby that takes over may lack the last moments.`;
    faults.push({ kind: "note", sentence });
  }
  return faults;
}
