"use client";

import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconApps,
  IconChevronDown,
  IconHelpCircle,
  IconInbox,
  IconInfoCircle,
  IconMessageChatbot,
  IconPlayerPause,
  IconShieldCheck,
} from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { type Ref, useEffect, useEffectEvent, useId, useImperativeHandle, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ControlAsk } from "#components/lead/lead-actions.ts";
import { useClock } from "#components/ui/clock.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { controlAt, mayTrySending } from "#lib/threads/control.ts";
import { controlAdvice, controlOffers } from "#lib/threads/control-actions.ts";
import { reasonWord } from "#lib/threads/reason-words.ts";
import type { ThreadPage } from "#lib/threads/thread-page.ts";
import styles from "./control.module.css";
import { ControlOffers } from "./control-offers.tsx";
import shared from "./thread.module.css";

export type ControlHandle = { open: () => void };

type Props = {
  thread: ThreadPage;
  name: string;
  isBusy: boolean;
  onAsk: (ask: ControlAsk) => void;
  /** What an agent asked for here has made writing possible. */
  onFree: () => void;
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

/** Who may write in this thread, since and until when, and what an agent may do about it, each step with its price. */
export function ControlBanner({ thread, name, isBusy, onAsk, onFree, ref }: Props) {
  const t = useTranslations("lead.control");
  const format = useFormatter();
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
  const isLost = useLoss(isBlocking);
  const ask = useAsk(isBlocking, onAsk, () => {
    setOpen(false);
    onFree();
  });
  const isExpanded = isOpen || isBlocking;
  const isPending = thread.actions.some(({ state }) => state === "queued" || state === "running");
  const advice = controlAdvice(control.state, thread.controlTerms);
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
      <div role="alert">{isLost && <p>{t("lost")}</p>}</div>
      <ActionLine thread={thread} name={name} />
      <div id={id} hidden={!isExpanded}>
        <p className={shared.dim}>
          {t(`what.${control.state}`, { name })}
          {control.expiresAt !== null &&
            ` ${t("until", { name, until: format.dateTime(control.expiresAt, { dateStyle: "medium", timeStyle: "short" }) })}`}
        </p>
        {advice !== null && (
          <p className={styles.advice}>
            <IconInfoCircle size={14} aria-hidden /> {t(`advice.${advice}`)}
          </p>
        )}
        <ControlOffers
          offers={controlOffers(control.state, thread.controlTerms)}
          isBusy={isBusy || isPending}
          onAsk={ask}
          first={first}
        />
      </div>
    </section>
  );
}

/** Whether control was lost while somebody was looking, and is not back yet. */
function useLoss(isBlocking: boolean): boolean {
  const [was, setWas] = useState(isBlocking);
  const [isLost, setLost] = useState(false);
  if (was !== isBlocking) {
    setWas(isBlocking);
    setLost(isBlocking);
  }
  return isLost;
}

/** Asks, and tells when that has made writing possible; what others change moves nobody's focus. */
function useAsk(isBlocking: boolean, onAsk: Props["onAsk"], onFree: () => void): Props["onAsk"] {
  const hasAsked = useRef(false);
  const free = useEffectEvent(onFree);
  useEffect(() => {
    if (isBlocking || !hasAsked.current) return;
    hasAsked.current = false;
    free();
  }, [isBlocking]);
  return (ask) => {
    hasAsked.current = isBlocking;
    onAsk(ask);
  };
}

/** How the newest request stands; an old failure is silent once control has changed since. */
function ActionLine({ thread, name }: { thread: ThreadPage; name: string }) {
  const t = useTranslations("lead");
  const action = thread.actions.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).at(-1);
  // What was asked of another side is not there yet.
  const isWish = action?.kind === "request" && action.state === "done";
  if (action === undefined || (action.state === "done" && !isWish)) return null;
  const isTrouble = action.state === "failed" || action.state === "unknown";
  const isOver = isTrouble || isWish;
  if (isOver && thread.control.since !== null && thread.control.since > action.createdAt) return null;
  return (
    <div role="status" className={isTrouble ? shared.trouble : shared.dim}>
      <p>
        {isTrouble && <IconAlertTriangle size={14} aria-hidden />}{" "}
        {isWish
          ? t("control.asked")
          : t(`control.action.${action.state}`, {
              action: t(`control.do.${action.kind}`),
              name: action.authorName ?? t("control.somebody"),
            })}
      </p>
      {action.state === "failed" && action.reason !== "take_forbidden" && (
        <p>{t(`error.${reasonWord(action.reason)}`, { name })}</p>
      )}
    </div>
  );
}
