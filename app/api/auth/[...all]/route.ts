import { auth } from "#lib/agents/auth.ts";

/** The sign-in library's own routes. */
const answer = (request: Request): Promise<Response> => auth().handler(request);

export { answer as GET, answer as POST };
