"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { SendingState } from "#lib/threads/sending.ts";

export type SendingAnswer = "resumed" | "paused" | "not-paused" | "already-paused" | "not-allowed";
export type SendingActions = { pause: () => Promise<SendingAnswer>; resume: () => Promise<SendingAnswer> };

type Props = {
  step: "pause" | "resume";
  state: SendingState;
  act: () => Promise<SendingAnswer>;
  onAnswer: (answer: SendingAnswer | "failed") => void;
  size?: "compact-sm" | "sm";
};

/** Pauses or resumes sending for everybody, after saying what that means for the replies that wait. */
export function SendingStep({ step, state, act, onAnswer, size = "sm" }: Props) {
  const t = useTranslations("sending.pause");
  const [isAsking, setAsking] = useState(false);
  const [isBusy, start] = useTransition();
  const confirm = () => {
    setAsking(false);
    start(async () => onAnswer(await act().catch(() => "failed" as const)));
  };
  const isResume = step === "resume";
  return (
    <>
      <Button size={size} variant="default" disabled={isBusy} onClick={() => setAsking(true)}>
        {t(step)}
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={t(isResume ? "resumeTitle" : "pauseTitle")}>
        {isResume ? (
          <>
            <p>{t("waiting", { count: state.waiting })}</p>
            {state.held > 0 && <p>{t("held", { count: state.held })}</p>}
          </>
        ) : (
          <p>{t("pauseText")}</p>
        )}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
          <Button onClick={confirm} data-autofocus>
            {t(isResume ? "confirmResume" : "confirmPause")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
