import { describe, expect, test } from "vitest";
import { attachmentKind, fileFault, MAX_FILE_BYTES, MAX_PICTURE_BYTES } from "./outgoing-file.ts";

describe("a file", () => {
  test.each([
    ["image/png", "image"],
    ["image/jpeg", "image"],
    ["image/svg+xml", "file"],
    ["image/heic", "file"],
    ["video/mp4", "video"],
    ["audio/mpeg", "audio"],
    ["application/pdf", "file"],
    [null, "file"],
  ])("of type %s is shown as %s", (type, kind) => expect(attachmentKind(type)).toBe(kind));

  test.each([
    ["a picture of 8 MB", MAX_PICTURE_BYTES, "image/png", null],
    ["a larger picture", MAX_PICTURE_BYTES + 1, "image/png", "picture_too_large"],
    ["a picture Meta takes as a file", MAX_PICTURE_BYTES + 1, "image/tiff", null],
    ["a file of 25 MB", MAX_FILE_BYTES, "application/pdf", null],
    ["a larger file", MAX_FILE_BYTES + 1, "application/pdf", "file_too_large"],
    ["a larger file nobody knows", MAX_FILE_BYTES + 1, null, "file_too_large"],
    ["nothing", 0, null, "file_empty"],
    ["a program", 10, "application/x-msdownload", "file_refused"],
  ])("%s is judged before it is uploaded", (_, bytes, contentType, fault) =>
    expect(fileFault({ bytes, contentType })).toBe(fault),
  );
});
