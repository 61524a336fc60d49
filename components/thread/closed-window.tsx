"use client";

import { Anchor, Button } from "@mantine/core";
import { IconLock, IconMail, IconNote, IconPhone } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Window } from "#lib/threads/window.ts";
import styles from "./composer.module.css";
import type { Contact } from "./contact.ts";
import shared from "./thread.module.css";

type Props = {
  window: Window;
  name: string;
  contacts: readonly Contact[];
  onNote: () => void;
  ref: Ref<HTMLButtonElement>;
};

/** Stands where the editor was: why nothing may be sent, and what can still be done. */
export function ClosedWindow({ window, name, contacts, onNote, ref }: Props) {
  const t = useTranslations("lead.window");
  const { lastActionAt, refusedAt } = window;
  return (
    <section className={styles.closed} aria-label={t("closedTitle")}>
      <h3>
        <IconLock size={16} aria-hidden /> {t("closedTitle")}
      </h3>
      <p>
        {lastActionAt === null
          ? t("closedNever", { name })
          : t.rich("closedSince", { name, when: () => <RelativeTime at={lastActionAt} /> })}{" "}
        {refusedAt !== null && t("closedRefused")} {t("closedAfter", { name })}
      </p>
      {!window.hasHumanAgent && <p className={shared.dim}>{t("closedNoHuman")}</p>}
      <h4>{t("closedCan")}</h4>
      <div className={styles.ways}>
        {contacts.map((contact) => (
          <Anchor key={contact.href} href={contact.href} className={styles.way}>
            {contact.kind === "phone" ? <IconPhone size={16} aria-hidden /> : <IconMail size={16} aria-hidden />}
            {contact.kind === "phone"
              ? t("closedCall", { number: contact.text })
              : t("closedMail", { address: contact.text })}
          </Anchor>
        ))}
        <Button ref={ref} variant="default" leftSection={<IconNote size={16} aria-hidden />} onClick={onNote}>
          {t("closedNote")}
        </Button>
      </div>
    </section>
  );
}
