import { expect, test } from "vitest";
import { deliveryPlace } from "./kept-delivery.ts";
import { mayReplay, replayKind } from "./replay.ts";

test("only who looks after every page may have things read again", () => {
  expect(mayReplay({ role: "admin", pageIds: null })).toBe(true);
  expect(mayReplay({ role: "admin", pageIds: ["1"] })).toBe(false);
  expect(mayReplay({ role: "manager", pageIds: null })).toBe(false);
  expect(replayKind.options).toEqual(["event", "delivery", "range"]);
});

const ID = "0192f7c1-5b1e-7abc-8def-0123456789ab";

test("where a list goes on is read from an address, and nothing else is", () => {
  expect(deliveryPlace.parse(`1795343000111.${ID}`)).toEqual({ at: new Date(1795343000111), id: ID });
  for (const odd of ["", ID, `.${ID}`, `1.${ID}x`, `x.${ID}`, `1.${ID.toUpperCase()}`, `1234567890123456.${ID}`]) {
    expect(deliveryPlace.safeParse(odd).success).toBe(false);
  }
});
