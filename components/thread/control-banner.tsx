"use client";

import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconApps,
  IconChevronDown,
  IconHelpCircle,
  IconInbox,
  IconMessageChatbot,
  IconPlayerPause,
  IconShieldCheck,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type Ref, useId, useImperativeHandle, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useClock } from "#components/ui/clock.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { controlAt, mayTrySending } from "#lib/threads/control.ts";
import { type ControlActionKind, controlOffers } from "#lib/threads/control-actions.ts";
import { reasonWord } from "#lib/threads/reason-words.ts";
import type { ThreadPage } from "#lib/threads/thread-page.ts";
import styles from "./control.module.css";
import shared from "./thread.module.css";

export type ControlHandle = { open: () => void };

type Props = {
  thread: ThreadPage;
  name: string;
  isBusy: boolean;
  onAsk: (kind: ControlActionKind) => void;
  ref?: Ref<ControlHandle>;
};

const icons = {
  ours: IconShieldCheck,
  leadgen: IconMessageChatbot,
  page_inbox: IconInbox,
  other_app: IconApps,
  idle: IconPlayerPause,
  unknown: IconHelpCircle,
};

/** Who may write in this thread, since when, and what an agent may do about it, each step with its price. */
export function ControlBanner({ thread, name, isBusy, onAsk, ref }: Props) {
  const t = useTranslations("lead.control");
  const control = controlAt(thread.control, useClock());
  const [isOpen, setOpen] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const id = useId();
  useImperativeHandle(ref, () => ({
    open() {
      flushSync(() => setOpen(true));
      first.current?.focus();
    },
  }));

  const isBlocking = !mayTrySending(control.state);
  const isExpanded = isOpen || isBlocking;
  const Icon = icons[control.state];
  return (
    <section className={styles.control} data-blocking={isBlocking || undefined} aria-label={t("label")}>
      <div className={styles.controlHead}>
        <Icon size={16} aria-hidden />
        <span role="status">
          <strong>{t(`state.${control.state}`)}</strong>
        </span>
        {control.since !== null && (
          <span className={shared.dim}>
            {t.rich("since", { when: () => <RelativeTime at={control.since ?? new Date(0)} /> })}
          </span>
        )}
        {control.state === "other_app" && control.appId !== null && (
          <span className={shared.dim}>{t("app", { id: control.appId })}</span>
        )}
        {!isBlocking && (
          <Button
            size="compact-xs"
            variant="subtle"
            className={styles.end}
            aria-expanded={isExpanded}
            aria-controls={id}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            onClick={() => setOpen(!isOpen)}
          >
            {t("open")}
          </Button>
        )}
      </div>
      <ActionLine thread={thread} name={name} />
      <div id={id} hidden={!isExpanded}>
        <p className={shared.dim}>{t(`what.${control.state}`, { name })}</p>
        <ul className={styles.offers}>
          {controlOffers(control.state).map(({ kind, consequence }, index) => (
            <li key={kind}>
              <Button
                ref={index === 0 ? first : undefined}
                size="compact-sm"
                variant={index === 0 ? "filled" : "default"}
                disabled={isBusy}
                aria-describedby={`${id}-${kind}`}
                onClick={() => onAsk(kind)}
              >
                {t(`do.${kind}`)}
              </Button>
              <span id={`${id}-${kind}`}>{t(`consequence.${consequence}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** How the newest request stands; an old failure is silent once control has changed since. */
function ActionLine({ thread, name }: { thread: ThreadPage; name: string }) {
  const t = useTranslations("lead");
  const action = thread.actions.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).at(-1);
  if (action === undefined || action.state === "done") return null;
  const isTrouble = action.state === "failed" || action.state === "unknown";
  if (isTrouble && thread.control.since !== null && thread.control.since > action.createdAt) return null;
  return (
    <div role="status" className={isTrouble ? shared.trouble : shared.dim}>
      <p>
        {isTrouble && <IconAlertTriangle size={14} aria-hidden />}{" "}
        {t(`control.action.${action.state}`, {
          action: t(`control.do.${action.kind}`),
          name: action.authorName ?? t("control.somebody"),
        })}
      </p>
      {action.state === "failed" && <p>{t(`error.${reasonWord(action.reason)}`, { name })}</p>}
      {action.state === "failed" && action.kind === "take" && <p>{t("control.takeHint")}</p>}
    </div>
  );
}
