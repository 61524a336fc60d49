import { type Call, callingPage, type Endpoint, type Reply } from "./graph-call.ts";
import { GraphError, refusals } from "./graph-errors.ts";
import { fieldsOf, pick } from "./graph-fields.ts";
import { usernameOf } from "./graph-tokens.ts";

/** `GET /{psid}`: names and pictures of people who have written. Whose profile is withheld is an empty object, not an error. */
export const personEndpoint: Endpoint = (call) => {
  const { meta, object, edge, method } = call;
  const { people, threads } = meta.world;
  const someone = people[object];
  if (someone === undefined || edge !== null || method !== "GET") return null;
  const page = callingPage(call);
  if (someone.pageId !== page.id || someone.isDeleted) throw refusals.notFound(object);
  if ((threads[object]?.lastUserActionAt ?? null) === null) throw refusals.notFound(object);
  if (!someone.hasProfile || !page.isProfileAllowed) return { json: {} };
  return someone.platform === "instagram" ? onInstagram(call) : onMessenger(call);
};

const picture = (psid: string) => `https://scontent.example/profile/${psid}.png`;

function onMessenger({ meta, object, params }: Call): Reply {
  const name = meta.world.people[object]?.name ?? "";
  const [firstName = "", ...rest] = name.split(" ");
  const known = {
    id: () => object,
    name: () => name,
    first_name: () => firstName,
    last_name: () => rest.join(" "),
    profile_pic: () => picture(object),
    locale: () => "de_DE",
    timezone: () => 1,
    gender: () => undefined,
  };
  return { json: pick(known, fieldsOf(params, "name,first_name,last_name,profile_pic")) };
}

function onInstagram({ meta, object, params }: Call): Reply {
  const person = meta.world.people[object];
  const page = meta.world.pages.find(({ id }) => id === person?.pageId);
  if (person === undefined || page === undefined) throw new GraphError(100, 33, "No such user.");
  const known = {
    id: () => object,
    name: () => person.name,
    username: () => usernameOf({ ...page, name: person.name }),
    profile_pic: () => picture(object),
    follower_count: () => 214,
    is_user_follow_business: () => true,
    is_business_follow_user: () => false,
  };
  return { json: pick(known, fieldsOf(params, "name,username,profile_pic")) };
}
