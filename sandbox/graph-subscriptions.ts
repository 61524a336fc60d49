import { z } from "zod";
import { asPage, type Call, type Endpoint, need, type Reply, readParam, success, words } from "./graph-call.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import { type AppSubscription, instagramFields, pageFields, rareFields } from "./graph-world.ts";

/** `/{app}/subscriptions` with the app's own token, and `/{page}/subscribed_apps` with the page's. */
const knownPageFields: readonly string[] = [...pageFields, ...rareFields];
// The other spellings are accepted for Instagram, as one of Meta's pages has them.
const knownInstagramFields: readonly string[] = [
  ...instagramFields,
  "messaging_referrals",
  "messaging_handovers",
  "comments",
];

const appBody = z.object({
  object: z.enum(["page", "instagram"]),
  callback_url: z.url({ protocol: /^https?$/ }),
  verify_token: z.string().min(1),
  fields: words,
});

export const subscriptionEndpoint: Endpoint = async (call) => {
  const { meta, object, edge } = call;
  if (object === meta.world.appId && edge === "subscriptions") return appSubscriptions(call);
  if (edge !== "subscribed_apps") return null;
  const page = asPage(call);
  if (page === null) throw refusals.notFound(object);
  need(call, "pages_manage_metadata");
  return subscribedApps(call, page.id);
};

async function appSubscriptions(call: Call): Promise<Reply> {
  const { graph } = call.meta.world;
  if (call.caller.kind !== "app") {
    throw new GraphError(15, null, "This method must be called with an app access token.");
  }
  if (call.method === "GET") {
    const data = graph.appSubscriptions.map(({ object, callbackUrl, isActive, fields }) => ({
      object,
      callback_url: callbackUrl ?? call.meta.webhookUrl,
      active: isActive,
      fields: fields.map((name) => ({ name, version: "v26.0" })),
    }));
    return { json: { data } };
  }
  if (call.method === "DELETE") {
    const { object, fields } = readParam(
      z.object({ object: z.enum(["page", "instagram"]).optional(), fields: words.optional() }),
      call.params,
    );
    graph.appSubscriptions = graph.appSubscriptions.flatMap((known) => without(known, object, fields));
    return success;
  }
  const wanted = readParam(appBody, call.params);
  const names = wanted.object === "page" ? knownPageFields : knownInstagramFields;
  refuseUnknown(wanted.fields, names);
  if (!(await isVerified(wanted.callback_url, wanted.verify_token))) {
    throw new GraphError(
      2200,
      null,
      "Callback verification failed with the following errors: the challenge did not come back",
    );
  }
  // The list is replaced, not added to.
  const made: AppSubscription = {
    object: wanted.object,
    callbackUrl: wanted.callback_url,
    isActive: true,
    fields: [...new Set(wanted.fields)],
  };
  graph.appSubscriptions = [...graph.appSubscriptions.filter(({ object }) => object !== wanted.object), made];
  return success;
}

function without(known: AppSubscription, object: string | undefined, fields: string[] | undefined): AppSubscription[] {
  if (object !== undefined && object !== known.object) return [known];
  if (fields === undefined) return [];
  return [{ ...known, fields: known.fields.filter((name) => !fields.includes(name)) }];
}

/** Only an address on this machine is really asked for its challenge. */
async function isVerified(address: string, verifyToken: string): Promise<boolean> {
  const url = new URL(address);
  if (url.hostname !== "127.0.0.1" && url.hostname !== "localhost") return true;
  const challenge = "1904207489";
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.verify_token", verifyToken);
  url.searchParams.set("hub.challenge", challenge);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000), redirect: "manual" });
    return response.status === 200 && (await response.text()) === challenge;
  } catch {
    return false;
  }
}

function subscribedApps(call: Call, pageId: string): Reply {
  const { graph, appId } = call.meta.world;
  if (call.method === "DELETE") {
    delete graph.pageSubscriptions[pageId];
    return success;
  }
  if (call.method === "POST") {
    const wanted = readParam(z.object({ subscribed_fields: words.optional() }), call.params).subscribed_fields;
    if (wanted === undefined || wanted.length === 0) {
      throw refusals.invalid("The parameter subscribed_fields is required.");
    }
    refuseUnknown(wanted, knownPageFields);
    graph.pageSubscriptions[pageId] = [...new Set(wanted)];
    return success;
  }
  const fields = graph.pageSubscriptions[pageId];
  if (fields === undefined) return { json: { data: [] } };
  const app = { id: appId, name: "Lead Inbox", category: "Business", link: "https://lead-inbox.example/" };
  return { json: { data: [{ ...app, subscribed_fields: fields }] } };
}

function refuseUnknown(fields: readonly string[], known: readonly string[]): void {
  const index = fields.findIndex((name) => !known.includes(name));
  if (index >= 0) throw refusals.invalid(`Param subscribed_fields[${index}] must be one of {${known.join(", ")}}`);
}
