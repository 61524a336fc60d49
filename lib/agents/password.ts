import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** Passwords as argon2id (19 MiB, 2 passes, 1 lane), written in the PHC string format. OWASP, RFC 9106. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const TAG_BYTES = 32;
const derive = promisify(argon2);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await stretch(password, salt);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${unpadded(salt)}$${unpadded(tag)}`;
}

export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [, algorithm, version, cost, salt, tag] = hash.split("$");
  if (algorithm !== "argon2id" || version !== "v=19" || salt === undefined || tag === undefined) return false;
  if (cost !== `m=${MEMORY_KIB},t=${PASSES},p=1`) return false;
  const expected = Buffer.from(tag, "base64");
  const found = await stretch(password, Buffer.from(salt, "base64"));
  return expected.length === found.length && timingSafeEqual(expected, found);
}

function stretch(password: string, nonce: Buffer): Promise<Buffer> {
  // One spelling per password: the same letters typed on two systems may differ in their bytes.
  const message = Buffer.from(password.normalize("NFKC"), "utf8");
  return derive("argon2id", {
    message,
    nonce,
    parallelism: 1,
    tagLength: TAG_BYTES,
    memory: MEMORY_KIB,
    passes: PASSES,
  });
}

const unpadded = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
