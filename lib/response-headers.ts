/**
 * What every answer of ours says to the browser. Pages get a policy with a nonce of their own (proxy.ts);
 * everything else may neither load nor run anything.
 */
export const securityHeaders: Record<string, string> = {
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
  // `no-referrer` would make forms post with `Origin: null`, and our origin check would refuse them.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
  "x-frame-options": "DENY",
};

/** For answers that are no pages: data, downloads, errors of routes. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** For pages. Development needs `eval` and inline styles for hot reload, and its socket. */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  const script = `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`;
  const style = isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    script,
    style,
    "style-src-attr 'unsafe-inline'",
    // Files of people come from our own store alone; blobs are what somebody is about to send.
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
