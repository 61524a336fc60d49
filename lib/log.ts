import pino from "pino";

/** One line per door: event, ids, outcome, milliseconds. Never message text, answers or tokens. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  redact: {
    paths: ["token", "*.token", "text", "*.text", "answers", "*.answers", "password", "*.password", "headers.cookie"],
    censor: "[removed]",
  },
});
