import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { callGraph } from "./call-graph.ts";

/** The connection opens, but the greeting that encrypts it never ends: of the message itself nothing has left. */
test("a message whose connection never comes about was certainly not sent", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  process.env.META_GRAPH_URL = `https://127.0.0.1:${address.port}`;

  const outcome = await callGraph({ kind: "send", method: "POST", path: "1/messages", token: "t", body: {} });
  expect(outcome).toEqual({ outcome: "not-sent" });
  silent.close();
});
