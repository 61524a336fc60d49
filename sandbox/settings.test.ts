import { describe, expect, test } from "vitest";
import { startSandbox } from "./sandbox.ts";
import { readSettings, whyNotStarted } from "./settings.ts";
import { openStage } from "./testing.ts";

describe("starting", () => {
  test("needs no setting, and signs with the first of several secrets", () => {
    expect(readSettings({})).toMatchObject({ port: 4010, appId: "1122334455667788" });
    expect(readSettings({ META_APP_SECRET: "new, old" }).appSecrets).toEqual(["new", "old"]);
  });

  test("says which setting is wrong", () => {
    expect(() => readSettings({ SANDBOX_PORT: "many" })).toThrow(/SANDBOX_PORT/);
    expect(() => readSettings({ SANDBOX_WEBHOOK_URL: "here" })).toThrow(/SANDBOX_WEBHOOK_URL/);
  });

  test("on a busy port ends in one sentence that names it", async () => {
    const stage = await openStage();
    const port = Number(new URL(stage.sandbox.address).port);
    const sentence = await startSandbox({ ...readSettings({}), statePath: null, port }).catch(whyNotStarted);
    expect(sentence).toBe(`Port ${port} is in use: stop what listens there, or set SANDBOX_PORT to another port.`);
    await stage.close();
  });
});

describe("strangers", () => {
  test("a page of another origin can change nothing here", async () => {
    const stage = await openStage();
    const call = (origin: string) =>
      fetch(`${stage.sandbox.address}/control/reset`, { method: "POST", headers: { origin }, body: "{}" });
    expect((await call("https://example.org")).status).toBe(403);
    expect((await call(stage.sandbox.address)).status).toBe(200);
    await stage.close();
  });

  test("files outside the page's folder are not served", async () => {
    const stage = await openStage();
    for (const path of ["/../main.ts", "/%2e%2e/main.ts", "/main.ts", "/..%2fworld.ts", "/nothing.js"]) {
      expect((await fetch(stage.sandbox.address + path)).status).toBe(404);
    }
    const index = await fetch(stage.sandbox.address);
    expect(index.headers.get("content-type")).toBe("text/html; charset=utf-8");
    await stage.close();
  });
});
