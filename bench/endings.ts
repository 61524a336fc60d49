/** What a benchmark has begun and must not leave behind, however it ends: the newest goes first. */
const endings: (() => Promise<void>)[] = [];
let isEnding = false;

/** Returns how to say that it has ended by itself. */
export function atEnd(end: () => Promise<void>): () => void {
  endings.push(end);
  return () => {
    const place = endings.indexOf(end);
    if (place >= 0) endings.splice(place, 1);
  };
}

/** Whatever fails from here on fails because its ground is being taken away. */
export function hasEnded(): boolean {
  return isEnding;
}

/** Ends everything that is still open. Asked twice, it happens once. */
export async function endAll(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) {
    await end().catch((error: unknown) => console.error(error));
  }
}
