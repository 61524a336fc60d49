import type { IncomingMessage } from "node:http";

const MIB = 1024 * 1024;
const MAX_DELIVERY_BYTES = 16 * MIB;
/** Of all deliveries that are arriving now: who signed them is known only at their end. */
const MAX_ARRIVING_BYTES = 256 * MIB;

let arriving = 0;

/** A delivery's bytes as they came, counted while they stream, so that nobody can fill the memory. */
export function readBody(request: IncomingMessage): Promise<Buffer | "too_large" | "broken_off" | "too many"> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_DELIVERY_BYTES) return Promise.resolve("too_large");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (outcome: Buffer | "too_large" | "broken_off" | "too many") => {
      request.off("data", take).off("end", whole).off("close", broken).off("error", broken);
      request.on("error", () => {});
      arriving -= size;
      resolve(outcome);
    };
    const take = (chunk: Buffer) => {
      size += chunk.byteLength;
      arriving += chunk.byteLength;
      if (size <= MAX_DELIVERY_BYTES && arriving <= MAX_ARRIVING_BYTES) return void chunks.push(chunk);
      end(size > MAX_DELIVERY_BYTES ? "too_large" : "too many");
    };
    const whole = () => end(Buffer.concat(chunks, size));
    const broken = () => end("broken_off");
    request.on("data", take).once("end", whole).once("close", broken).once("error", broken);
  });
}
