"use client";

import type { CSSProperties } from "react";

// No style sheet: it would be fetched ahead on every page for the day this one is needed.
const body: CSSProperties = { colorScheme: "light dark", fontFamily: "system-ui, sans-serif", fontSize: 14 };
const main: CSSProperties = {
  display: "grid",
  gap: 8,
  maxWidth: "60ch",
  margin: "20vh auto",
  padding: "0 16px",
  justifyItems: "start",
};

/** The last net, when even the frame of the page failed: no providers here, so both languages at once. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const id = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <html lang="en">
      <body style={body}>
        <title>Lead Inbox</title>
        <main style={main}>
          <h1>Something failed</h1>
          <p>The page could not be shown. Nothing you did is lost. Try again; if it stays, quote this id.</p>
          <p lang="de">
            Die Seite konnte nicht angezeigt werden. Bitte versuchen Sie es erneut, sonst nennen Sie diese Kennung.
          </p>
          {id !== null && <code>{id}</code>}
          <button type="button" onClick={() => retry()}>
            Try again · <span lang="de">Erneut versuchen</span>
          </button>
        </main>
      </body>
    </html>
  );
}
