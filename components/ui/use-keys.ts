"use client";

import { useEffect, useEffectEvent, useRef } from "react";

export const LETTERS_KEY = "lead-inbox-letters";
const SEQUENCE_MS = 1_500;
/** What follows it is the end of a sequence and never a key of its own. */
const PREFIX = "g";

/**
 * Single keys and sequences ("g l") for a page. They act only while no field, menu or dialog has the
 * focus, go by the character and not by its place on the keyboard, and can be switched off as a whole.
 */
export function useKeys(bindings: Record<string, () => void>): void {
  const before = useRef({ key: "", at: 0 });

  const act = useEffectEvent((event: KeyboardEvent) => {
    if (!isForUs(event) || areLettersOff()) return;
    const isSequence = before.current.key === PREFIX && event.timeStamp - before.current.at < SEQUENCE_MS;
    const binding = bindings[isSequence ? `${PREFIX} ${event.key}` : event.key];
    before.current = { key: event.key, at: event.timeStamp };
    if (binding === undefined) return;
    event.preventDefault();
    binding();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => act(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

function isForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (document.querySelector("[role=dialog][aria-modal=true]") !== null && event.key !== "?") return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  return !target.isContentEditable && target.closest("input, textarea, select, [role=menu], [role=listbox]") === null;
}

function areLettersOff(): boolean {
  return window.localStorage.getItem(LETTERS_KEY) === "off";
}
