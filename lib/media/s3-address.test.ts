import { expect, test } from "vitest";
import { readS3Address } from "./s3-address.ts";

test("names bucket, prefix, keys and region", () => {
  expect(readS3Address("s3://AKIA:se%2Fcret@s3.eu-central-1.amazonaws.com/leads/media/?region=eu-central-1")).toEqual({
    baseUrl: "https://s3.eu-central-1.amazonaws.com/leads/media",
    accessKeyId: "AKIA",
    secretAccessKey: "se/cret",
    region: "eu-central-1",
  });
});

test("speaks plainly to a store on the same machine when told so", () => {
  expect(readS3Address("s3://key:secret@127.0.0.1:9000/leads?tls=off")).toMatchObject({
    baseUrl: "http://127.0.0.1:9000/leads",
    region: "us-east-1",
  });
});

test.each([
  "",
  "leads",
  "https://key:secret@host/bucket",
  "s3://host/bucket",
  "s3://key:secret@host",
  "s3://key:secret@host/",
])("%j is no address", (text) => expect(readS3Address(text)).toBeNull());
