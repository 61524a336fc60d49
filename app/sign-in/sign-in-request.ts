export type Refusal = { outcome: "wrong" | "refused" | "offline" | "failed" } | { outcome: "limited"; minutes: number };
export type SignInOutcome = { outcome: "signed-in" } | Refusal;

/** Asks the sign-in door. Wrong password and unknown e-mail get the same answer there, and so here. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  const response = await fetch("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  }).catch(() => null);

  if (response === null) return { outcome: "offline" };
  if (response.ok) return { outcome: "signed-in" };
  if (response.status === 429) return { outcome: "limited", minutes: minutesToWait(response.headers) };
  if (response.status === 403) return { outcome: "refused" };
  return { outcome: response.status < 500 ? "wrong" : "failed" };
}

function minutesToWait(headers: Headers): number {
  const seconds = Number(headers.get("x-retry-after") ?? headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds / 60)) : 15;
}
