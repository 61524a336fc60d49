/** The one place that talks to the sandbox: the control interface and its live stream. */

/** @typedef {import("../world.ts").StateView} StateView */
/** @typedef {import("../world.ts").ThreadView} ThreadView */
/** @typedef {import("../world.ts").StreamEvent} StreamEvent */

/** What the sandbox refused, in its own sentence. `status` is 0 when it did not answer. */
export class Refusal extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** @param {string} path @returns {Promise<any>} */
export function look(path) {
  return call(path, { headers: { accept: "application/json" } });
}

/** @param {string} path @param {object} [body] @returns {Promise<any>} */
export function tell(path, body = {}) {
  return call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** @param {"PUT" | "PATCH"} method @param {string} path @param {object} body @returns {Promise<any>} */
export function change(method, path, body) {
  return call(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** @param {string} path @param {RequestInit} init */
async function call(path, init) {
  const response = await fetch(`/control${path}`, init).catch((cause) => {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause), 0);
  });
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new Refusal(typeof answer?.error === "string" ? answer.error : `HTTP ${response.status}`, response.status);
}

/**
 * The browser opens a lost stream again by itself; what happened meanwhile is unknown, so every opening asks for a fresh state.
 * @param {{ onEvent: (event: StreamEvent) => void, onOpen: () => void, onLost: () => void }} listener
 */
export function listen({ onEvent, onOpen, onLost }) {
  const stream = new EventSource("/control/stream");
  stream.addEventListener("open", onOpen);
  stream.addEventListener("error", () => {
    onLost();
    // A server that answered with an error page closes the stream for good.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen({ onEvent, onOpen, onLost }), 2000);
  });
  stream.addEventListener("change", (event) => onEvent(JSON.parse(event.data)));
}
