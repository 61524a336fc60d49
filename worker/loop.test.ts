import { expect, test } from "vitest";
import { type Loop, runLoop } from "./loop.ts";

/** A loop over pieces of work a test hands out; usually nothing but a hint wakes it. */
function loopOver(pieces: (() => void | Promise<void>)[], { lanes = 1, idleMs = 60_000, pauseMs = 0 } = {}) {
  const looks = { count: 0 };
  const loop: Loop = {
    name: "test",
    lanes,
    idleMs,
    pauseMs,
    step: async () => {
      looks.count += 1;
      const piece = pieces.shift();
      await piece?.();
      return piece !== undefined;
    },
  };
  return { running: runLoop(loop), looks };
}

test("it works on while there is work, and rests then", async () => {
  const done: number[] = [];
  const { running, looks } = loopOver([1, 2, 3].map((n) => () => void done.push(n)));
  await expect.poll(() => looks.count).toBe(4);
  expect(done).toEqual([1, 2, 3]);
  await running.stop();
  expect(looks.count).toBe(4);
});

test("it looks by itself, for hints may be lost", async () => {
  const { running, looks } = loopOver([], { idleMs: 1 });
  await expect.poll(() => looks.count).toBeGreaterThan(2);
  await running.stop();
});

test("a hint wakes it", async () => {
  const pieces: (() => void)[] = [];
  const { running, looks } = loopOver(pieces);
  await expect.poll(() => looks.count).toBe(1);
  const done = new Promise<void>((resolve) => pieces.push(resolve));
  running.wake();
  await done;
  await running.stop();
});

test("a hint wakes one lane", async () => {
  const { running, looks } = loopOver([], { lanes: 3 });
  await expect.poll(() => looks.count).toBe(3);
  running.wake();
  await expect.poll(() => looks.count).toBe(4);
  await running.stop();
  expect(looks.count).toBe(4);
});

test("a lane that finds piece after piece wakes the next", async () => {
  const pieces: (() => void | Promise<void>)[] = [];
  const { running, looks } = loopOver(pieces, { lanes: 2 });
  await expect.poll(() => looks.count).toBe(2);
  let inHand = 0;
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const long = () => {
    inHand += 1;
    return finished;
  };
  pieces.push(
    () => {},
    () => {},
    long,
    long,
  );
  running.wake();
  await expect.poll(() => inHand).toBe(2);
  finish();
  await running.stop();
});

test("hints that come while it pauses are one, and not slept over", async () => {
  const { running, looks } = loopOver([], { pauseMs: 20 });
  await expect.poll(() => looks.count).toBe(1);
  for (let hint = 0; hint < 10; hint += 1) running.wake();
  await expect.poll(() => looks.count).toBe(2);
  await running.stop();
  expect(looks.count).toBe(2);
});

test("a hint that comes while it looks is not slept over", async () => {
  let look: () => void = () => {};
  const looking = new Promise<void>((resolve) => {
    look = resolve;
  });
  let looks = 0;
  const running = runLoop({
    name: "test",
    lanes: 1,
    idleMs: 60_000,
    step: async () => {
      looks += 1;
      if (looks === 1) await looking;
      return false;
    },
  });
  running.wake();
  look();
  await expect.poll(() => looks).toBe(2);
  await running.stop();
});

test("a piece that fails does not end it", async () => {
  const done: string[] = [];
  const fail = () => {
    throw new Error("this piece only");
  };
  const { running } = loopOver([fail, () => void done.push("next")]);
  await expect
    .poll(() => {
      running.wake();
      return done;
    })
    .toEqual(["next"]);
  await running.stop();
});

test("stopping waits for the piece in hand and takes no other", async () => {
  const done: string[] = [];
  let finish: () => void = () => {};
  const inHand = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { running } = loopOver([() => inHand.then(() => void done.push("in hand")), () => void done.push("another")]);
  const stopped = running.stop();
  finish();
  await stopped;
  expect(done).toEqual(["in hand"]);
});
