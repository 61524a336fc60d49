export const dynamic = "force-dynamic";

/** Says that this process is alive, and no more. */
export function GET(): Response {
  return new Response("ok", { headers: { "content-type": "text/plain", "cache-control": "no-store" } });
}
