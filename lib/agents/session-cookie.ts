/** The cookie the sign-in library sets; see auth.ts for its prefix. */
export const SESSION_COOKIE = "__Host-lead-inbox.session_token";
