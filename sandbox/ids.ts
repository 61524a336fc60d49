import { createHash } from "node:crypto";
import type { World } from "./world.ts";

/**
 * Ids come from the seed, the run and a counter: equal worlds make equal ids, and an id is never made twice,
 * because every start is a run of its own.
 */
function digest(world: World, kind: string): Buffer {
  world.counter += 1;
  return createHash("sha256").update(`${world.seed}|${world.run}|${kind}|${world.counter}`).digest();
}

export function newMid(world: World, platform: "messenger" | "instagram" = "messenger"): string {
  if (platform === "instagram") return `aWdfZAG${digest(world, "mid").toString("base64url")}`;
  return `m_${digest(world, "mid").toString("base64url")}`;
}

/** Sixteen digits, as page-scoped ids have; text, as all ids. */
export function newPsid(world: World, platform: "messenger" | "instagram" = "messenger"): string {
  const digits = (digest(world, "psid").readBigUInt64BE(0) % 10n ** 15n).toString().padStart(15, "0");
  return `${platform === "instagram" ? "1" : "7"}${digits}`;
}

export function newNumber(world: World): number {
  world.counter += 1;
  return world.counter;
}

/** A page's label keeps its id for ever, so it is made from its name. */
export function labelId(pageId: string, name: string): string {
  const number = createHash("sha256").update(`${pageId}|${name}`).digest().readUInt32BE(0);
  return `55667${number.toString().padStart(10, "0")}`;
}
