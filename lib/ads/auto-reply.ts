/** The first automatic reply of an ad: it should read like a greeting and leave as one message, on Instagram too. */
export const MAX_AUTO_REPLY = 400;
