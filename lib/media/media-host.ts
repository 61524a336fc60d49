/**
 * From where a file may be fetched. Addresses come with what people send, so only Meta's own hosts count, and only at
 * addresses of the public network; beside them the Graph API's own origin, which the operator chose.
 */
import { BlockList, isIP } from "node:net";

const HOSTS = ["fbcdn.net", "fbsbx.com", "cdninstagram.com", "facebook.com", "instagram.com"];
/** Of these two only the hosts that hand out files; the rest are pages people look at. */
const HANDING_OUT = /^(?:[a-z0-9-]*lookaside|graph|scontent[a-z0-9-]*)\./;

const privateNetworks = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  privateNetworks.addSubnet(net, bits, "ipv4");
}

const publicIpv6 = new BlockList();
publicIpv6.addSubnet("2000::", 3, "ipv6");
/** Tunnels and translations carry an address of the old kind inside, a private one perhaps. */
const carriers = new BlockList();
carriers.addSubnet("2002::", 16, "ipv6");
carriers.addSubnet("2001::", 23, "ipv6");
carriers.addSubnet("2001:db8::", 32, "ipv6");

/** The address as a URL if it may be fetched, or null. `graphOrigin`: where the Graph API is. */
export function fetchableUrl(text: string, graphOrigin: string): URL | null {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (url.origin === graphOrigin) return url;
  if (url.protocol !== "https:" || (url.port !== "" && url.port !== "443")) return null;
  const host = url.hostname.replace(/\.$/, "");
  const base = HOSTS.find((known) => host === known || host.endsWith(`.${known}`));
  if (base === undefined) return null;
  const isSite = base === "facebook.com" || base === "instagram.com";
  return !isSite || HANDING_OUT.test(host) ? url : null;
}

/** Whether an address of a host's belongs to the public network. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !privateNetworks.check(address, "ipv4");
    case 6:
      return publicIpv6.check(address, "ipv6") && !carriers.check(address, "ipv6");
    default:
      return false;
  }
}
