"use client";

import {
  IconBell,
  IconBellOff,
  IconForms,
  IconPlugConnected,
  IconShoppingCart,
  IconStar,
  IconTag,
  IconThumbDown,
  IconThumbUp,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ThreadNoticeLine } from "#lib/threads/notice.ts";
import { SafeText } from "./safe-text.tsx";
import { inSentence } from "./text-parts.ts";
import styles from "./thread.module.css";

type Props = { notice: ThreadNoticeLine; name: string; time: ReactNode };

/** What happened besides messages: across the middle, with what the person said or chose below it. */
export function NoticeLine({ notice, name, time }: Props) {
  const t = useTranslations("thread.notice");
  const { icon, sentence, details } = shownOf(notice, name, t);
  return (
    <div className={styles.notice}>
      <p className={styles.system}>
        {icon} <span>{sentence}</span> {time}
      </p>
      {details.length > 0 && (
        <ul className={styles.noticeDetails}>
          {details.map(({ label, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: details never move, and may be equal.
            <li key={index}>
              {label !== null && <span className={styles.dim}>{label}</span>} <SafeText text={text} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type Shown = { icon: ReactNode; sentence: string; details: { label: string | null; text: string }[] };
type Translate = ReturnType<typeof useTranslations<"thread.notice">>;

const SIZE = { size: 14, "aria-hidden": true } as const;

function shownOf(notice: ThreadNoticeLine, name: string, t: Translate): Shown {
  switch (notice.kind) {
    case "optin": {
      const { action, topic, title } = notice.data;
      const about = [title ?? topic].filter((word) => word !== null && word !== "");
      return {
        icon: action === "stop" ? <IconBellOff {...SIZE} /> : <IconBell {...SIZE} />,
        sentence: [
          t(`optin.${action}`, { name }),
          ...about.map((word) => t("topic", { topic: inSentence(word ?? "") })),
        ].join(" "),
        details: [],
      };
    }
    case "feedback":
      return {
        icon: <IconStar {...SIZE} />,
        sentence: t("feedback", { name }),
        details: notice.data.answers.flatMap((answer) => feedbackDetails(answer, t)),
      };
    case "response_feedback":
      return notice.data.isGood
        ? { icon: <IconThumbUp {...SIZE} />, sentence: t("good", { name }), details: [] }
        : { icon: <IconThumbDown {...SIZE} />, sentence: t("bad", { name }), details: [] };
    case "account_linking":
      return {
        icon: <IconPlugConnected {...SIZE} />,
        sentence: t(notice.data.isLinked ? "linked" : "unlinked", { name }),
        details: [],
      };
    case "form":
      return {
        icon: <IconForms {...SIZE} />,
        sentence: t("form", { name }),
        details: [{ label: null, text: t("formId", { id: notice.data.formId }) }],
      };
    case "order": {
      const { items, note } = notice.data;
      const lines = items.map((item) => ({
        label: item.quantity === null ? null : t("quantity", { quantity: inSentence(item.quantity) }),
        text: item.name,
      }));
      return {
        icon: <IconShoppingCart {...SIZE} />,
        sentence: t("order", { name }),
        details: note === null || note === "" ? lines : [...lines, { label: null, text: note }],
      };
    }
    case "label":
      return {
        icon: <IconTag {...SIZE} />,
        sentence: t(notice.data.isRemoval ? "labelRemoved" : "labelAdded", { label: inSentence(notice.data.name) }),
        details: [],
      };
  }
}

/** The best score Meta's scales have. */
const MOST: Readonly<Record<string, number>> = { csat: 5, nps: 10, ces: 7 };
const types = ["csat", "nps", "ces", "free_form"] as const;

type FeedbackAnswer = (ThreadNoticeLine & { kind: "feedback" })["data"]["answers"][number];

function feedbackDetails({ type, payload, followUp }: FeedbackAnswer, t: Translate): Shown["details"] {
  const most = MOST[type];
  const label = t(`feedbackType.${types.find((known) => known === type) ?? "other"}`);
  const said = most === undefined ? (payload ?? "") : t("score", { score: payload ?? "–", most });
  const details = [{ label, text: said }];
  return followUp === null || followUp === ""
    ? details
    : [...details, { label: t("feedbackType.free_form"), text: followUp }];
}
