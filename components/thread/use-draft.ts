"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { DraftAnswer } from "#components/lead/lead-actions.ts";

const PAUSE_MS = 800;

export type DraftState = "idle" | "saving" | "saved" | "failed";

/** Keeps what is being typed on the server, a moment after the last key; leaving the page keeps the rest. */
export function useDraft(initial: string, keep: (text: string) => Promise<DraftAnswer>) {
  const [text, setText] = useState(initial);
  const [state, setState] = useState<DraftState>("idle");
  /** What the server holds; null while we do not know. */
  const kept = useRef<string | null>(initial);

  const save = useEffectEvent(async (draft: string) => {
    if (draft === kept.current) return;
    kept.current = draft;
    setState("saving");
    try {
      setState((await keep(draft)) === "saved" ? "saved" : "failed");
    } catch {
      // Offline: the text is still in the editor, and the next key tries again.
      kept.current = null;
      setState("failed");
    }
  });

  useEffect(() => {
    const timer = setTimeout(() => void save(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  const leave = useEffectEvent(() => void save(text));
  useEffect(() => () => leave(), []);

  return { text, setText, state };
}
