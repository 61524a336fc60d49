import { z } from "zod";
import { playGap } from "./gap.ts";
import { type Meta, pageOf, Refusal } from "./meta.ts";
import { listPlays, startPlay, stopPlays } from "./play-runner.ts";
import { read } from "./read-body.ts";
import { id } from "./values.ts";

/** Plays and lost minutes, by path: undefined when the path is another's. */
const playBody = z.strictObject({
  name: z.string().optional(),
  rate: z.number().positive().max(6000).optional(),
  minutes: z.number().min(0).max(1440).optional(),
  stop: z.boolean().optional(),
});
const gapBody = z.strictObject({
  pageId: id,
  minutes: z.number().min(1).max(1440).default(20),
  events: z.number().int().min(0).max(20_000).default(500),
  leads: z.number().int().min(0).max(2000).default(10),
});

export function answerPlays(meta: Meta, method: string, path: string, body: unknown): unknown {
  if (method === "GET" && path === "plays") return listPlays(meta);
  if (method !== "POST") return undefined;
  if (path === "play") {
    const { name, rate, minutes, stop } = read(playBody, body);
    if (stop === true) return { stopped: stopPlays(meta) };
    if (name === undefined) throw new Refusal(400, "Say name, or stop.");
    return startPlay(meta, name, rate, minutes);
  }
  if (path !== "gap") return undefined;
  const { pageId, ...wanted } = read(gapBody, body);
  const shown = playGap(meta, { ...wanted, page: pageOf(meta.world, pageId) });
  meta.worldChanged();
  return shown;
}
