import { expect, test } from "vitest";
import { durabilityFaults } from "./durability.ts";

const SAFE = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  synchronous_standby_names: "",
  zero_damaged_pages: "off",
  ignore_checksum_failure: "off",
};
const kinds = (changed: Record<string, string>) => durabilityFaults({ ...SAFE, ...changed }).map(({ kind }) => kind);

test("PostgreSQL as it comes loses nothing", () => expect(kinds({})).toEqual([]));

test.each(["fsync", "full_page_writes", "synchronous_commit"])("without %s answered leads may be lost", (name) => {
  expect(kinds({ [name]: "off" })).toEqual(["loss"]);
  expect(durabilityFaults({ ...SAFE, [name]: "off" })[0]?.sentence).toContain(`${name} off`);
});

test.each(["zero_damaged_pages", "ignore_checksum_failure"])("with %s damage may pass for data", (name) => {
  expect(kinds({ [name]: "on" })).toEqual(["loss"]);
});

test("all faults are told at once", () => {
  expect(kinds({ fsync: "off", synchronous_commit: "off", zero_damaged_pages: "on" })).toEqual(["loss", "loss"]);
});

test.each(["on", "remote_apply", "local", "remote_write"])("without a standby %s is as good as on", (setting) => {
  expect(kinds({ synchronous_commit: setting })).toEqual([]);
});

test.each([
  ["on", []],
  ["remote_apply", []],
  ["local", ["note"]],
  ["remote_write", ["note"]],
  ["off", ["loss"]],
])("with a synchronous standby %s means %j", (setting, expected) => {
  expect(kinds({ synchronous_commit: setting, synchronous_standby_names: "ANY 1 (a, b)" })).toEqual(expected);
});
