/**
 * What Meta takes as a picture or file, checked before anything is sent. The type is what the bytes say, never
 * what the name says. https://developers.facebook.com/docs/messenger-platform/send-messages/saving-assets
 */
export type AttachmentKind = "image" | "video" | "audio" | "file";

/** `contentType` null: the bytes do not say. */
export type OutgoingFile = { bytes: number; contentType: string | null };

export type FileFault = "file_too_large" | "picture_too_large" | "file_empty" | "file_refused";

const MB = 1024 * 1024;
export const MAX_FILE_BYTES = 25 * MB;
export const MAX_PICTURE_BYTES = 8 * MB;

/** Files at once in one press. */
export const MAX_FILES = 5;

const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/** Programs: Meta refuses them, and nobody should send one to a customer. */
const REFUSED = [
  "application/x-msdownload",
  "application/x-elf",
  "application/x-mach-binary",
  "application/x-msi",
  "application/java-archive",
  "application/x-apple-diskimage",
  "application/vnd.android.package-archive",
  "application/x-ms-shortcut",
];

/** As what Meta shows it to the person. Pictures Meta cannot show go as files. */
export function attachmentKind(contentType: string | null): AttachmentKind {
  if (contentType === null) return "file";
  if (PICTURES.includes(contentType)) return "image";
  if (contentType.startsWith("video/")) return "video";
  return contentType.startsWith("audio/") ? "audio" : "file";
}

export function fileFault({ bytes, contentType }: OutgoingFile): FileFault | null {
  if (bytes === 0) return "file_empty";
  if (bytes > MAX_FILE_BYTES) return "file_too_large";
  if (attachmentKind(contentType) === "image" && bytes > MAX_PICTURE_BYTES) return "picture_too_large";
  return contentType !== null && REFUSED.includes(contentType) ? "file_refused" : null;
}
