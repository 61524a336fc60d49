"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";

const UNDO_MS = 10_000;
const TROUBLE_MS = 15_000;

/** What just happened, with the way back where there is one. */
export function toast(message: string, undo?: { word: string; run: () => void }): void {
  if (undo === undefined) {
    notifications.show({ message });
    return;
  }
  const id = crypto.randomUUID();
  const run = () => {
    notifications.hide(id);
    undo.run();
  };
  notifications.show({
    id,
    autoClose: UNDO_MS,
    message: (
      <span style={{ display: "flex", alignItems: "center", gap: 12 }}>
        <span style={{ flex: 1 }}>{message}</span>
        <Button size="compact-sm" variant="default" onClick={run}>
          {undo.word}
        </Button>
      </span>
    ),
  });
}

export function toastTrouble(message: string): void {
  notifications.show({ message, color: "red", autoClose: TROUBLE_MS, role: "alert" });
}
