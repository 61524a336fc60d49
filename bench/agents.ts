import { get, type IncomingMessage } from "node:http";
import { ADMIN } from "./installation.ts";

/** Signed-in people whose inbox is open: each holds a live stream, as a browser does. */
export type OpenInbox = {
  /** Asks for the list as it is now; the milliseconds it took. */
  refetch(): Promise<number>;
  close(): void;
};

export async function signIn(appUrl: string): Promise<string> {
  const response = await fetch(`${appUrl}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: appUrl },
    body: JSON.stringify(ADMIN),
  });
  if (!response.ok) throw new Error(`Signing in is answered ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** `onRefs` hears of each hint: the leads that changed, or null for "everything may have". */
export async function openInbox(
  appUrl: string,
  cookie: string,
  onRefs: (refs: string[] | null) => void,
): Promise<OpenInbox> {
  const stream = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${appUrl}/api/stream`, { headers: { cookie } }, resolve).once("error", reject);
  });
  if (stream.statusCode !== 200) throw new Error(`The live stream is answered ${stream.statusCode}.`);
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const messages = (rest + text).split("\n\n");
    rest = messages.pop() ?? "";
    for (const message of messages) {
      const event = /^event: (.*)$/m.exec(message)?.[1];
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (event === "leads" && data !== undefined) onRefs(JSON.parse(data).refs);
    }
  });
  stream.on("error", () => undefined);
  return {
    refetch: async () => {
      const askedAt = performance.now();
      const response = await fetch(`${appUrl}/leads`, { headers: { cookie } });
      await response.text();
      if (!response.ok) throw new Error(`The inbox is answered ${response.status}.`);
      return performance.now() - askedAt;
    },
    close: () => stream.destroy(),
  };
}
