import { expect, test } from "vitest";
import { sessionOptions } from "./session-options.ts";

const OWN = "-c synchronous_commit=on";

test.each([
  "postgresql://app:p%40ss@db.example.org:5432/app",
  "postgresql://postgres:x@localhost/app?host=%2Ftmp%2Frun",
  "postgresql:///app?host=/var/run/postgresql",
])("%s stays, and our settings go along", (address) => {
  const { connectionString, options } = sessionOptions(address, OWN);
  expect(decodeURIComponent(connectionString)).toBe(decodeURIComponent(address));
  expect(options).toBe(OWN);
});

test("settings in the address are kept, and ours come last: the last one counts", () => {
  const address =
    "postgresql://app@db/app?sslmode=require&options=-c%20search_path%3Dleads%20-c%20synchronous_commit%3Doff";
  expect(sessionOptions(address, OWN)).toEqual({
    connectionString: "postgresql://app@db/app?sslmode=require",
    options: "-c search_path=leads -c synchronous_commit=off -c synchronous_commit=on",
  });
});

test("an address of another form is left to the driver", () => {
  expect(sessionOptions("/var/run/postgresql app", OWN)).toEqual({
    connectionString: "/var/run/postgresql app",
    options: OWN,
  });
});
