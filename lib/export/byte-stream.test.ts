import { expect, test } from "vitest";
import { byteStream, type StreamEnd } from "./byte-stream.ts";

function counted() {
  const seen = { pulled: 0, isReleased: false };
  async function* bytes() {
    try {
      for (; seen.pulled < 1_000; seen.pulled++) yield new Uint8Array([seen.pulled % 256]);
    } finally {
      seen.isReleased = true;
    }
  }
  return { seen, bytes: bytes() };
}

test("gives all bytes and says that it finished", async () => {
  const ends: StreamEnd[] = [];
  async function* bytes() {
    yield new Uint8Array([1]);
    yield new Uint8Array([2, 3]);
  }
  const stream = byteStream(bytes(), new AbortController().signal, (end) => ends.push(end));
  expect(await new Response(stream).bytes()).toEqual(new Uint8Array([1, 2, 3]));
  expect(ends).toEqual([{ outcome: "finished" }]);
});

test("asks for no more than the reader takes", async () => {
  const { seen, bytes } = counted();
  const reader = byteStream(bytes, new AbortController().signal, () => {}).getReader();
  await reader.read();
  await reader.read();
  expect(seen.pulled).toBe(1);
});

test("lets go of its source when the reader leaves", async () => {
  const ends: StreamEnd[] = [];
  const { seen, bytes } = counted();
  const reader = byteStream(bytes, new AbortController().signal, (end) => ends.push(end)).getReader();
  await reader.read();
  await reader.cancel();
  expect(seen.isReleased).toBe(true);
  expect(ends).toEqual([{ outcome: "left" }]);
});

test("and when the request is broken off", async () => {
  const ends: StreamEnd[] = [];
  const { seen, bytes } = counted();
  const request = new AbortController();
  const reader = byteStream(bytes, request.signal, (end) => ends.push(end)).getReader();
  await reader.read();
  request.abort();
  await expect(reader.read()).rejects.toThrow();
  expect(seen.isReleased).toBe(true);
  expect(ends).toEqual([{ outcome: "left" }]);
});

test("a source that fails breaks the stream: half a file never looks whole", async () => {
  const ends: StreamEnd[] = [];
  const failure = new Error("the database went away");
  async function* bytes() {
    yield new Uint8Array([1]);
    throw failure;
  }
  const stream = byteStream(bytes(), new AbortController().signal, (end) => ends.push(end));
  await expect(new Response(stream).bytes()).rejects.toThrow();
  expect(ends).toEqual([{ outcome: "failed", error: failure }]);
});
