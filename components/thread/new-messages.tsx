"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";

const SPOKEN_LENGTH = 200;

/** Reads out what the person writes while an agent is on the page; what was there before is not news. */
export function NewMessages({ messages, name }: { messages: readonly ThreadMessage[]; name: string }) {
  const t = useTranslations("lead.thread");
  const inbound = messages.filter(({ from }) => from === "person");
  const [known, setKnown] = useState<ReadonlySet<string>>(() => new Set(inbound.map(({ id }) => id)));
  const [spoken, setSpoken] = useState("");

  const news = inbound.filter(({ id }) => !known.has(id));
  if (news.length > 0) {
    setKnown(new Set(inbound.map(({ id }) => id)));
    const texts = news.map(({ text }) =>
      text === null ? t("newMessageNoText", { name }) : t("newMessage", { name, text: text.slice(0, SPOKEN_LENGTH) }),
    );
    setSpoken(texts.join(" "));
  }
  return (
    <div className="unseen" aria-live="polite">
      {spoken}
    </div>
  );
}
