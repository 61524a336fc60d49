import { expect, test } from "vitest";
import { authLine } from "./auth-line.ts";

const fault = Object.assign(new Error("anna@example.org is secret"), { name: "Oh", code: "P2021" });

test.each([
  ["Invalid password", [], { message: "Invalid password" }],
  ["Failed to read", [{ email: "anna@example.org" }, fault], { message: "Failed to read", cause: "Oh P2021" }],
  [fault, [], { cause: "Oh P2021" }],
  ["\nInvalid query:\n\nanna@example.org", [], { message: "Invalid query:" }],
  ["", [fault], { cause: "Oh P2021" }],
  ["x".repeat(300), [], { message: "x".repeat(200) }],
  [undefined, ["anna@example.org"], {}],
])("%j and %j", (said, more, line) => expect(authLine(said, more)).toEqual({ event: "auth", ...line }));
