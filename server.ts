import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { registerHooks } from "node:module";
import { BlockList, isIPv6 } from "node:net";
import next from "next";
import { parseSettings } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import { closedPolicy, securityHeaders } from "#lib/response-headers.ts";
import { WRONG_SETTINGS } from "./scripts/process-group.ts";

/**
 * The web process: Next behind a server of our own, which receives Meta's deliveries itself, refuses what Next would
 * answer wrongly (unknown methods, forged client addresses, endless headers) and leaves within ten seconds when asked.
 */
const METHODS = ["GET", "HEAD", "POST"];
const WEBHOOK_MS = 10_000;
const REQUEST_MS = 30_000;
/** Of everything but deliveries and files, which count for themselves. */
const BODY_BYTES = 256 * 1024;
const FILES = /^\/api\/media\/\w+(\?|$)/;
/** What Meta takes, and a little more: too large is answered in words. */
const FILE_BYTES = 32 * 1024 * 1024;
const HEADER_MS = 10_000;
const HEADER_BYTES = 16 * 1024;
const DRAIN_MS = 8_000;

const dev = process.argv.includes("--dev");
const settings = readSettings();
const host = process.env.HOST || (dev ? "127.0.0.1" : "::");
const proxies = trustedProxies(settings.TRUSTED_PROXIES);
const canonical = new URL(settings.APP_URL);

// What must never reach a browser says so by importing a package that only bundlers let pass; here is the server.
const marks = registerHooks({
  resolve: (name, context, next) =>
    name === "server-only"
      ? { url: "data:text/javascript,", format: "module", shortCircuit: true }
      : next(name, context),
});
const { answerMeta, DOOR } = await import("./app/api/messenger/webhook/door.ts");
marks.deregister();

const app = next({ dev, dir: import.meta.dirname, hostname: canonical.hostname, port: settings.PORT });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer(
  {
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: HEADER_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: 2_000,
    // Only hot reload speaks WebSocket. Next would take any such request and leave its connection open for ever.
    shouldUpgradeCallback: () => dev,
  },
  (request, response) => void answer(request, response),
);
if (dev) server.on("upgrade", app.getUpgradeHandler());
server.once("error", (error) => {
  const isBusy = "code" in error && error.code === "EADDRINUSE";
  console.error(isBusy ? `Port ${settings.PORT} is already in use. Set PORT to another one.` : error);
  process.exit(isBusy ? WRONG_SETTINGS : 1);
});
server.listen(settings.PORT, host, () => log.info({ event: "web.listening", port: settings.PORT }));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, leave);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "/";
  dress(response);
  if (!METHODS.includes(request.method ?? "")) return refuse(response, 405, { allow: METHODS.join(", ") });
  // The forms for proxies and for the server as a whole, which nobody needs here.
  if (!path.startsWith("/")) return refuse(response, 400, {});
  const elsewhere = canonicalAddress(request, path);
  if (elsewhere !== null) return refuse(response, 307, { location: elsewhere });
  nameTheClient(request);
  const isMeta = path === DOOR || path.startsWith(`${DOOR}?`);
  if (isMeta) endLateBody(request);
  else {
    const refusal = bodyRefusal(request, FILES.test(path) ? FILE_BYTES : BODY_BYTES);
    if (refusal !== null) return refuse(response, refusal, { connection: "close" });
  }
  try {
    await (isMeta ? answerMeta(request, response) : handle(request, response));
  } catch (cause) {
    log.error({ event: "web.unhandled", path: path.split("?")[0], cause: faultName(cause) });
    if (!response.headersSent) refuse(response, 500, {});
    else response.destroy();
  }
}

/** What proxy.ts does not see, data and files and their errors, gets the closed headers; a page sets its own over them. */
function dress(response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  response.setHeader("content-security-policy", closedPolicy);
}

/** Forms and actions come whole and say how long they are; whoever does not could fill the memory. */
function bodyRefusal({ headers }: IncomingMessage, cap: number): 411 | 413 | null {
  if (headers["transfer-encoding"] !== undefined) return 411;
  return Number(headers["content-length"] ?? 0) > cap ? 413 : null;
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, headers);
  response.end();
}

/** Cookies live on one host: 127.0.0.1 in the address bar goes where `localhost` is meant. */
function canonicalAddress(request: IncomingMessage, path: string): string | null {
  const given = request.headers.host ?? "";
  const isLocal = (name: string) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(name);
  const isPage = request.method !== "POST" && !/^\/(api\/|_next\/|healthz|readyz|metrics)/.test(path);
  if (!isPage || given === canonical.host || !isLocal(given) || !isLocal(canonical.host)) return null;
  return new URL(`/${path.replace(/^[/\\]+/, "")}`, canonical).href;
}

/** Next would pass on whatever the client wrote here, and limits per address would mean nothing. */
function nameTheClient(request: IncomingMessage): void {
  const hops = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const chain = hops.map((hop) => hop.trim()).filter((hop) => hop !== "");
  let client = request.socket.remoteAddress ?? "";
  const isProxied = isTrusted(client);
  while (isTrusted(client) && chain.length > 0) client = chain.pop() ?? "";
  request.headers["x-forwarded-for"] = client;
  if (isProxied) return;
  for (const name of ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-real-ip", "forwarded"]) {
    delete request.headers[name];
  }
}

function isTrusted(address: string): boolean {
  const plain = address.replace(/^::ffff:/, "");
  return proxies.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

function trustedProxies(addresses: string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    const [network = "", prefix] = address.split("/");
    const family = isIPv6(network) ? "ipv6" : "ipv4";
    try {
      if (prefix === undefined) list.addAddress(network, family);
      else list.addSubnet(network, Number(prefix), family);
    } catch {
      stopWith(`Setting TRUSTED_PROXIES must list addresses or networks like 10.0.0.0/8, not "${address}".`);
    }
  }
  return list;
}

/** A delivery is there within ten seconds, or its connection ends. */
function endLateBody(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), WEBHOOK_MS);
  request.once("close", () => clearTimeout(timer));
  request.once("end", () => clearTimeout(timer));
}

function readSettings() {
  try {
    return parseSettings(process.env);
  } catch (error) {
    return stopWith(error instanceof Error ? error.message : String(error));
  }
}

function stopWith(sentence: string): never {
  console.error(sentence);
  process.exit(WRONG_SETTINGS);
}

/** Streams end by themselves on the same signal; whoever is left after the drain is cut off. */
function leave(): void {
  log.info({ event: "web.leaving" });
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setInterval(() => server.closeIdleConnections(), 250).unref();
  setTimeout(() => process.exit(0), DRAIN_MS).unref();
}
