"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import styles from "./replay.module.css";
import type { ReplayAnswer } from "./replay-actions.ts";

const GOOD: readonly ReplayAnswer["answer"][] = ["queued", "begun", "stopped"];
const SHORTEST = 3;

/** Asks why, and says how it went. `problem` keeps it from being sent. */
export function ReplayForm({
  label,
  problem = null,
  children,
  ask,
}: {
  label: string;
  problem?: string | null;
  children?: ReactNode;
  ask: (why: string) => Promise<ReplayAnswer>;
}) {
  const t = useTranslations("ledger.replay");
  const [isBusy, start] = useTransition();
  const [why, setWhy] = useState("");
  const [isShort, setShort] = useState(false);
  const [answer, setAnswer] = useState<ReplayAnswer | null>(null);
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    const short = why.trim().length < SHORTEST;
    setShort(short);
    if (short || problem !== null) return;
    setAnswer(null);
    start(async () => {
      const given = await ask(why.trim()).catch((): ReplayAnswer => ({ answer: "failed", total: 0 }));
      setAnswer(given);
      if (GOOD.includes(given.answer)) setWhy("");
    });
  };
  return (
    <form className={styles.form} onSubmit={send}>
      {children}
      <TextInput
        className={styles.why}
        label={t("why")}
        description={t("whyHint")}
        inputWrapperOrder={["label", "input", "error", "description"]}
        error={isShort ? t("whyShort") : null}
        maxLength={300}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" variant="default" disabled={isBusy}>
          {label}
        </Button>
        <ReplayWords answer={answer} />
      </div>
    </form>
  );
}

export function ReplayWords({ answer }: { answer: ReplayAnswer | null }) {
  const t = useTranslations("ledger.replay.answer");
  return (
    <p
      className={styles.answer}
      role="status"
      data-bad={(answer !== null && !GOOD.includes(answer.answer)) || undefined}
    >
      {answer !== null && t(answer.answer, { total: answer.total })}
    </p>
  );
}
