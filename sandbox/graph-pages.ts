import { z } from "zod";
import {
  asPage,
  type Call,
  type Endpoint,
  embedded,
  need,
  pageOf,
  type Reply,
  readParam,
  success,
} from "./graph-call.ts";
import { controlBody, controlCalls, controlThread, threadOwner } from "./graph-control.ts";
import { refusals } from "./graph-errors.ts";
import { fieldsOf, pick } from "./graph-fields.ts";
import { knownThread } from "./graph-send.ts";
import { usernameOf } from "./graph-tokens.ts";
import type { Page } from "./world.ts";

/** A page about itself, the control of its threads, and what it may do with people. */
export const pageEndpoint: Endpoint = (call) => {
  const page = pageOf(call);
  if (page === null) return null;
  if (call.edge === null) return { json: pageFields(call, page) };
  if (call.edge === "messaging_feature_review") return { json: { data: features(page) } };
  if (call.edge === "messenger_profile") return { json: { data: [profile(call)] } };
  if (call.edge === "thread_owner") return owner(call);
  const word = controlCalls.find((name) => call.edge === `${name}_thread_control`);
  if (word !== undefined && call.method === "POST") {
    const mine = asPage(call);
    need(call, "pages_messaging");
    if (mine !== null) controlThread(call.meta, mine, word, readParam(controlBody, call.params), call.at);
    return success;
  }
  return call.edge === "moderate_conversations" && call.method === "POST" ? moderate(call, page) : null;
};

function pageFields(call: Call, page: Page) {
  return pick(
    {
      id: () => page.id,
      name: () => page.name,
      category: () => "Home Improvement",
      link: () => `https://www.facebook.com/${page.id}`,
      picture: () => ({ data: { url: `https://scontent.example/page/${page.id}.png`, is_silhouette: false } }),
      messaging_feature_status: () => ({
        hop_v2: false,
        msgr_multi_app: page.regime === "routing",
        ig_multi_app: false,
      }),
      has_lead_access: () => leadAccess(call, page),
      instagram_business_account: ({ children }) =>
        page.instagramId === null
          ? undefined
          : pick(
              { id: () => page.instagramId, username: () => usernameOf(page), name: () => page.name },
              children ?? [],
            ),
    },
    fieldsOf(call.params, "id,name"),
  );
}

function leadAccess({ caller }: Call, page: Page) {
  const hasPermission = caller.kind !== "app" && caller.scopes.includes("leads_retrieval");
  const isOpen = page.hasLeadAccess && hasPermission;
  const blocked = page.hasLeadAccess
    ? {
        failure_reason: "The app lacks the leads_retrieval permission.",
        failure_resolution: "Grant it in Facebook Login.",
      }
    : {
        failure_reason: "Leads Access Manager does not allow this app to read leads of the Page.",
        failure_resolution: "Assign the app as a CRM in Leads Access Manager.",
      };
  return {
    app_has_leads_permission: hasPermission,
    can_access_lead: isOpen,
    enabled_lead_access_manager: !page.hasLeadAccess,
    is_page_admin: true,
    page_id: page.id,
    user_has_leads_permission: page.hasLeadAccess,
    ...(isOpen ? {} : blocked),
  };
}

function features(page: Page) {
  const status = (isApproved: boolean) => (isApproved ? "approved" : "unsubmitted");
  return [
    { feature: "pages_messaging", status: "approved" },
    { feature: "human_agent", status: status(page.hasHumanAgent) },
    { feature: "business_asset_user_profile_access", status: status(page.isProfileAllowed) },
  ];
}

function profile(call: Call) {
  const known = {
    subject_to_new_eu_privacy_rules: () => true,
    greeting: () => undefined,
    get_started: () => undefined,
    persistent_menu: () => undefined,
    ice_breakers: () => undefined,
    whitelisted_domains: () => undefined,
  };
  return pick(known, fieldsOf(call.params, "greeting"));
}

function owner(call: Call): Reply {
  const page = asPage(call);
  if (page === null) throw refusals.notFound(call.object);
  need(call, "pages_messaging");
  const { recipient } = call.params;
  if (typeof recipient !== "string") throw refusals.invalid("The parameter recipient is required.");
  return { json: threadOwner(call.meta, page, recipient, call.at) };
}

const moderation = z.object({
  user_ids: embedded(z.array(z.coerce.string()).or(z.array(z.object({ id: z.coerce.string() })))),
  actions: embedded(
    z
      .array(z.enum(["BAN_USER", "BLOCK_USER", "MOVE_TO_SPAM", "UNBAN_USER", "UNBLOCK_USER"]))
      .min(1)
      .max(2),
  ),
});

/** What the page does with unwanted people: kept, so that it can be looked at; it does not keep them from writing. */
function moderate(call: Call, page: Page): Reply {
  need(call, "pages_messaging");
  const { user_ids: people, actions } = readParam(moderation, call.params);
  const { graph } = call.meta.world;
  for (const person of people) {
    const psid = typeof person === "string" ? person : person.id;
    knownThread(call.meta, page, psid);
    const before = graph.moderation[psid] ?? [];
    const undone = actions.flatMap((action) => (action.startsWith("UN") ? [action.slice(2)] : []));
    const done = actions.filter((action) => !action.startsWith("UN"));
    graph.moderation[psid] = [...new Set([...before, ...done])].filter((action) => !undone.includes(action));
  }
  return success;
}
