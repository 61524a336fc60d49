/** Whether bytes are text anybody can read: UTF-8 without control characters. Plain text has no signature to go by. */
export function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text);
  } catch {
    // Not UTF-8: some program's own format.
    return false;
  }
}
