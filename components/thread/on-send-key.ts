import type { KeyboardEvent } from "react";

/** Ctrl or ⌘ with Enter sends, Enter alone is a new line, Escape leaves the field. */
export function onSendKey(send: () => void) {
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
}
