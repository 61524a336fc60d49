const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps a taste of this browser (language, zone) where the server can read it. No secrets go here. */
export function keepCookie(name: "locale" | "tz", value: string): void {
  const secure = window.isSecureContext ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}
