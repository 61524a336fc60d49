/** What runs beside the pages for as long as web lives. Next calls it once, when the server starts. */
const EVERY_MS = 30_000;

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { faultName } = await import("#lib/fault-name.ts");
  const { noteOpenDoor } = await import("#lib/inbound/note-open-door.ts");
  const { log } = await import("#lib/log.ts");
  const note = () => {
    noteOpenDoor().catch((cause: unknown) => log.warn({ event: "webhook.not-noted", cause: faultName(cause) }));
  };
  note();
  setInterval(note, EVERY_MS).unref();
}
