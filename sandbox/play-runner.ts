import { type Meta, Refusal } from "./meta.ts";
import { plays } from "./plays.ts";
import { randomFrom } from "./random.ts";

/** Plays in progress: beats at a steady rate until the time is over. */
export type Playing = { id: number; name: string; rate: number; minutes: number; done: number; total: number };
type Running = Playing & { timer: NodeJS.Timeout | null };

const MINUTE = 60_000;
const running = new WeakMap<Meta, Running[]>();

export function listPlays(meta: Meta) {
  return {
    plays: Object.entries(plays).map(([name, { says, rate, minutes }]) => ({ name, says, rate, minutes })),
    running: (running.get(meta) ?? []).map(view),
  };
}

const view = ({ timer: _, ...playing }: Running): Playing => playing;

/** With no minutes at all everything of the first minute happens at once. */
export function startPlay(
  meta: Meta,
  name: string,
  wantedRate: number | undefined,
  wantedMinutes: number | undefined,
): Playing {
  const play = plays[name];
  if (play === undefined)
    throw new Refusal(404, `There is no play ${name}. There is: ${Object.keys(plays).join(", ")}.`);
  const rate = wantedRate ?? play.rate;
  const minutes = wantedMinutes ?? play.minutes;
  const total = Math.max(1, Math.round(rate * (minutes === 0 ? 1 : minutes)));
  const known = running.get(meta) ?? [];
  const id = 1 + known.reduce((highest, one) => Math.max(highest, one.id), 0);
  const playing: Running = { id, name, rate, minutes, done: 0, total, timer: null };
  const { world } = meta;
  const random = randomFrom(`${world.seed}|${world.run}|${name}|${world.counter}`);

  function beat(): void {
    if (meta.world !== world || playing.done >= total) {
      end(meta, playing);
      return;
    }
    const index = playing.done;
    playing.done += 1;
    try {
      play?.beat({ meta, random, at: meta.now(), index, total });
    } catch (error) {
      // What is impossible just now, in a world that others change too, is left out.
      if (!(error instanceof Refusal)) console.error(`sandbox: ${name}`, error);
    }
    if (playing.done >= total) end(meta, playing);
  }

  if (minutes === 0) {
    while (playing.done < total) beat();
    return view(playing);
  }
  running.set(meta, [...known, playing]);
  playing.timer = setInterval(beat, MINUTE / rate);
  beat();
  return view(playing);
}

function end(meta: Meta, playing: Running): void {
  if (playing.timer !== null) clearInterval(playing.timer);
  plays[playing.name]?.end?.(meta);
  running.set(
    meta,
    (running.get(meta) ?? []).filter((one) => one !== playing),
  );
}

export function stopPlays(meta: Meta): Playing[] {
  const all = running.get(meta) ?? [];
  for (const playing of all) end(meta, playing);
  return all.map(view);
}
