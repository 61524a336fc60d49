"use client";

import { ActionIcon, CopyButton, Spoiler, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy, IconMail, IconMapPin, IconPhone } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SafeText } from "#components/thread/safe-text.tsx";
import type { Answer } from "#lib/leads/lead.ts";
import { type AnswerPart, answerParts } from "#lib/leads/phone-and-email.ts";
import styles from "./lead.module.css";

const LONG = 400;
const LONG_HEIGHT = 168;

/** The questions as asked and the answers as given; what one can call, write to or find carries its link. */
export function Answers({ answers, country }: { answers: readonly Answer[]; country: string }) {
  const t = useTranslations("lead.facts");
  if (answers.length === 0) return <p className={styles.dim}>{t("noAnswers")}</p>;
  return (
    <dl className={styles.answers}>
      {answers.map((answer, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a question may come twice, and answers never move.
        <div key={index}>
          <dt>
            <SafeText text={answer.question} />
          </dt>
          <dd>
            {answer.answer === "" ? (
              <em className={styles.dim}>{t("emptyAnswer")}</em>
            ) : (
              <>
                <Given isLong={answer.answer.length > LONG}>
                  {answerParts(answer, country).map((part, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an answer never move.
                    <Part key={place} part={part} />
                  ))}
                </Given>
                <Copy text={answer.answer} what={answer.question} />
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** An essay would push the other answers out of sight; it opens on demand. */
function Given({ isLong, children }: { isLong: boolean; children: ReactNode }) {
  const t = useTranslations("lead.facts");
  if (!isLong) return <span className={styles.given}>{children}</span>;
  return (
    <Spoiler className={styles.given} maxHeight={LONG_HEIGHT} showLabel={t("showAll")} hideLabel={t("showLess")}>
      {children}
    </Spoiler>
  );
}

function Part({ part }: { part: AnswerPart }) {
  if (part.kind === "text") return <SafeText text={part.text} />;
  const Icon = { email: IconMail, phone: IconPhone, place: IconMapPin }[part.kind];
  const words = (
    <>
      <Icon size={14} aria-hidden /> <SafeText text={part.text} />
    </>
  );
  return part.href === null ? (
    <span className={styles.found}>{words}</span>
  ) : (
    <a className={styles.found} href={part.href} dir={part.kind === "phone" ? "ltr" : undefined}>
      {words}
    </a>
  );
}

function Copy({ text, what }: { text: string; what: string }) {
  const t = useTranslations("lead.facts");
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("copied") : t("copy", { what: what.slice(0, 60) })}>
          <ActionIcon
            className={styles.copy}
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t("copy", { what })}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
