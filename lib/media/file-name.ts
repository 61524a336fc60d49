/**
 * A file's name as it may be shown, sent on and written into a header: the last part of a path, without characters
 * that are invisible, turn the reading direction, or mean something to a file system.
 */
const MAX_LENGTH = 100;

export function safeFileName(name: string, contentType: string | null): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const visible = last
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"*:<>?|%;]/gu, "")
    .replaceAll(/\s+/g, " ")
    .replace(/^[.\s]+/, "")
    .trim();
  if (visible === "") return contentType?.startsWith("image/") === true ? "picture" : "file";
  if (visible.length <= MAX_LENGTH) return visible;
  const ending = /\.[^.]{1,10}$/.exec(visible)?.[0] ?? "";
  return visible.slice(0, MAX_LENGTH - ending.length).toWellFormed() + ending;
}

/** As a download's header: plain letters for old readers, and the name itself. RFC 6266. */
export function attachmentHeader(name: string): string {
  const plain = name.replaceAll(/[^\w.\- ]/g, "_");
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
