import { createHmac, timingSafeEqual } from "node:crypto";

/** The value of `X-Hub-Signature-256` for a body. */
export function signature(body: string | Uint8Array, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** Whether `appsecret_proof` proves one of the app's secrets. */
export function isProof(proof: string, token: string, appSecrets: readonly string[]): boolean {
  const given = Buffer.from(proof);
  return appSecrets.some((secret) => {
    const expected = Buffer.from(createHmac("sha256", secret).update(token).digest("hex"));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
