import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * Sealing secrets at rest: AES-256-GCM, random 96-bit IV, the key's id in front, and the place they
 * belong to (table, column, row) as additional data, so that a sealed value moved elsewhere opens nowhere.
 * Layout: length of key id (1 byte) · key id · IV (12) · tag (16) · ciphertext.
 */
export type SealingKey = { id: string; key: Uint8Array };

/** Seals with the current key, for this place alone. */
export function seal(plain: string, place: string, keys: readonly SealingKey[]): Uint8Array<ArrayBuffer> {
  const current = keys[0];
  if (current === undefined) throw new Error("No key to seal with.");
  const id = Buffer.from(current.id, "utf8");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", current.key, iv).setAAD(Buffer.from(place, "utf8"));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.from([id.length]), id, iv, cipher.getAuthTag(), body]));
}

/** Throws when the value was changed, belongs elsewhere, or its key is gone. */
export function unseal(sealed: Uint8Array, place: string, keys: readonly SealingKey[]): string {
  const bytes = Buffer.from(sealed);
  const idLength = bytes.readUInt8(0);
  const id = bytes.toString("utf8", 1, 1 + idLength);
  const found = keys.find((key) => key.id === id);
  if (found === undefined) throw new Error(`The key ${id} that sealed this is not among ENCRYPTION_KEYS.`);
  const iv = bytes.subarray(1 + idLength, 13 + idLength);
  const tag = bytes.subarray(13 + idLength, 29 + idLength);
  const decipher = createDecipheriv("aes-256-gcm", found.key, iv, { authTagLength: 16 })
    .setAAD(Buffer.from(place, "utf8"))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(29 + idLength)), decipher.final()]).toString("utf8");
}
