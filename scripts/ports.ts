import { createServer } from "node:net";
import { Refusal } from "./refusal.ts";

/** Refuses at once what would otherwise fail half-way: somebody else listens there. */
export async function refuseBusyPort(port: number, host: string, setting: string): Promise<void> {
  const error = await listenFailure(port, host);
  if (error === null) return;
  const why = error === "EACCES" ? "may not be used by this user" : "is already in use";
  throw new Refusal(`Port ${port} ${why}. Stop what uses it, or set ${setting} to another port.`);
}

function listenFailure(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    server.listen({ port, host }, () => server.close(() => resolve(null)));
  });
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** A port from the settings. */
export function portSetting(name: string, fallback: number): number {
  const text = process.env[name] || String(fallback);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Refusal(`Setting ${name} must be a port between 1 and 65535, not "${text}".`);
}
