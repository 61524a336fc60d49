import { expect, test } from "vitest";
import { readSample, type SampleName } from "#lib/messenger/samples/read-sample.ts";
import { newViewer } from "../../prisma/factories.ts";
import { findReceivedTests } from "./find-received-tests.ts";
import { deliver } from "./testing.ts";

const deliverSample = (name: SampleName) => deliver(Buffer.from(readSample(name)).toString());

test("tests are listed newest first for those who look after the house, and for nobody else", async () => {
  const manager = await newViewer({ role: "manager", pageIds: [] });
  expect(await findReceivedTests(manager)).toEqual({ count: 0, tests: [] });
  await deliverSample("dashboard-test");
  await deliverSample("instant-form-test");
  expect(await findReceivedTests(manager)).toMatchObject({
    count: 2,
    tests: [{ field: "leadgen" }, { field: "messaging_postbacks" }],
  });
  expect(await findReceivedTests(await newViewer({ role: "agent" }))).toEqual({ count: 0, tests: [] });
});
