"use client";

import { useTranslations } from "next-intl";
import { useRef, useTransition } from "react";
import type { ControlAsk, LeadActions } from "./lead-actions.ts";
import { toast, toastTrouble } from "./toast.tsx";

/** What an agent does in the thread besides replying: notes, taking a reply back, asking for control. */
export function useLeadTalk(leadRef: string, actions: LeadActions) {
  const t = useTranslations("lead");
  const s = useTranslations("sending");
  const [isAskingControl, startAsking] = useTransition();
  const [, startUndo] = useTransition();
  const press = useRef<{ asked: string; intentId: string } | null>(null);

  const notePress = useRef<{ text: string; intentId: string } | null>(null);

  const lost = (outcome: "not-found" | "bad-request") =>
    toastTrouble(t(outcome === "not-found" ? "toast.notFound" : "toast.badRequest"));

  /** One press is one note, however often it has to be repeated until somebody says what became of it. */
  const writeNote = async (text: string): Promise<boolean> => {
    if (notePress.current?.text !== text) notePress.current = { text, intentId: crypto.randomUUID() };
    const answer = await actions.writeNote({ lead: leadRef, ...notePress.current }).catch(() => null);
    if (answer !== null) notePress.current = null;
    if (answer === "added") toast(t("toast.noteAdded"));
    else if (answer === null) toastTrouble(t("toast.failed"));
    else lost(answer);
    return answer === "added";
  };

  const undoReply = (replyId: string, putBack: () => void) =>
    startUndo(async () => {
      const answer = await actions.undoReply({ lead: leadRef, replyId }).catch(() => null);
      switch (answer) {
        case "cancelled":
          putBack();
          return toast(t("toast.replyUndone"));
        case "too-late":
          return toastTrouble(t("toast.tooLate"));
        case null:
          return toastTrouble(t("toast.failed"));
        case "not-found":
        case "bad-request":
          return lost(answer);
      }
    });

  const settleUnknown = (replyId: string, hasArrived: boolean) =>
    startUndo(async () => {
      const answer = await actions.settleUnknown({ lead: leadRef, replyId, hasArrived }).catch(() => null);
      switch (answer) {
        case "settled":
          return toast(s("unknown.settled"));
        case "too-late":
          return toast(s("unknown.tooLate"));
        case null:
          return toastTrouble(t("toast.failed"));
        case "not-found":
        case "bad-request":
          return lost(answer);
      }
    });

  /** Null emoji: takes the reaction back. The screen follows once Meta has it. */
  const react = (mid: string, emoji: string | null) =>
    startUndo(async () => {
      const sign = emoji === null ? ({ kind: "unreact", mid } as const) : ({ kind: "react", mid, emoji } as const);
      const answer = await actions.giveSign({ lead: leadRef, sign }).catch(() => null);
      switch (answer?.outcome) {
        case "queued":
          return;
        case "refused":
          return toastTrouble(s("react.refused", { why: t(`error.${answer.why}`, { name: "" }) }));
        case undefined:
          return toastTrouble(t("toast.failed"));
        case "not-found":
        case "bad-request":
          return lost(answer.outcome);
      }
    });

  /** A press that got no answer keeps its id, so that pressing again asks Meta once. */
  const askControl = (ask: ControlAsk) => {
    const asked = JSON.stringify(ask);
    if (press.current?.asked !== asked) press.current = { asked, intentId: crypto.randomUUID() };
    const { intentId } = press.current;
    startAsking(async () => {
      const answer = await actions.askControl({ lead: leadRef, ...ask, intentId }).catch(() => null);
      if (answer !== null) press.current = null;
      switch (answer) {
        case "queued":
          return;
        case "pending":
          return toastTrouble(t("control.pending"));
        case "not-offered":
          return toastTrouble(t("control.notOffered"));
        case null:
          return toastTrouble(t("toast.failed"));
        case "not-found":
        case "bad-request":
          return lost(answer);
      }
    });
  };

  return { isAskingControl, lost, writeNote, undoReply, settleUnknown, react, askControl };
}

export type LeadTalk = ReturnType<typeof useLeadTalk>;
