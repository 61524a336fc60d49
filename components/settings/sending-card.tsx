"use client";

import { IconClockPause, IconSend2 } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SendingState } from "#lib/threads/sending.ts";
import styles from "./page.module.css";
import { type SendingActions, type SendingAnswer, SendingStep } from "./sending-step.tsx";
import { useSendingWords } from "./use-sending-words.ts";

/** Whether replies leave, and the one step that changes it; `actions` null: to be read only. */
export function SendingCard({ state, actions }: { state: SendingState; actions: SendingActions | null }) {
  const t = useTranslations("sending.pause");
  const paused = useSendingWords(state);
  const queries = useQueryClient();
  const [answer, setAnswer] = useState<SendingAnswer | "failed" | null>(null);
  const step = paused === null ? "pause" : "resume";
  const Icon = paused === null ? IconSend2 : IconClockPause;
  const tell = (said: SendingAnswer | "failed") => {
    setAnswer(said);
    void queries.invalidateQueries({ queryKey: ["sending"] });
  };
  return (
    <section className={styles.card} aria-label={t("title")}>
      <p className={styles.state} data-kind={paused === null ? "healthy" : "paused"}>
        <Icon size={16} stroke={1.8} aria-hidden /> {paused === null ? t("running") : t("label")}
      </p>
      {paused !== null && <p>{paused}</p>}
      {state.signs.length > 0 && (
        <>
          <h2>{t("signsTitle")}</h2>
          <ul>
            {state.signs.map((sign) => (
              <li key={sign}>{t(`sign.${sign}`)}</li>
            ))}
          </ul>
          {state.signs.some((sign) => sign !== "said") && <p>{t("harmless")}</p>}
        </>
      )}
      <div className={styles.actions}>
        {actions === null ? (
          paused !== null && <span>{t("forAgents")}</span>
        ) : (
          <SendingStep step={step} state={state} act={actions[step]} onAnswer={tell} />
        )}
        <span className={styles.answer} role="status">
          {answer !== null && t(`answer.${answer}`)}
        </span>
      </div>
    </section>
  );
}
