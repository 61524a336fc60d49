"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { WaitingCell } from "#components/inbox/cells.tsx";
import { SafeText } from "#components/thread/safe-text.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { LeadPage } from "#lib/leads/lead-page.ts";
import { Activity } from "./activity.tsx";
import { Answers } from "./answers.tsx";
import styles from "./lead.module.css";
import type { AgentChoice } from "./lead-actions.ts";
import { Notes } from "./notes.tsx";
import { Siblings } from "./siblings.tsx";
import { Signals } from "./signals.tsx";

type Props = { lead: LeadPage; agents: readonly AgentChoice[]; children: ReactNode };

/** What is known about the lead, the most useful first. */
export function Facts({ lead, agents, children }: Props) {
  const t = useTranslations("lead.facts");
  return (
    <>
      <Section title={t("answers")}>
        <Answers answers={lead.answers} country={lead.country} />
      </Section>
      <div className={styles.workInFacts}>
        <Section title={t("work")}>{children}</Section>
      </div>
      <Section title={t("person")}>
        <Person lead={lead} />
      </Section>
      {lead.siblings.length > 0 && (
        <Section title={t("siblings")}>
          <Siblings siblings={lead.siblings} />
        </Section>
      )}
      <Section title={t("notes")}>
        <Notes notes={lead.notes} />
      </Section>
      {lead.source === "messenger" && (
        <Section title={t("signals")}>
          <Signals signals={lead.signals} labels={lead.labels} />
        </Section>
      )}
      <Section title={t("activity")}>
        <Activity activity={lead.activity} agents={agents} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Person({ lead }: { lead: LeadPage }) {
  const t = useTranslations("lead.facts");
  const common = useTranslations("common");
  const format = useFormatter();
  return (
    <dl className={styles.facts2}>
      <Fact word={t("person")}>
        {lead.person.fullName === null ? common("lead.unnamed") : <SafeText text={lead.person.fullName} />}
      </Fact>
      {lead.psid !== null && (
        <Fact word={t("personId")}>
          <span className="numbers">{lead.psid}</span>
        </Fact>
      )}
      <Fact word={t("page")}>
        <bdi>{lead.page.name}</bdi>
      </Fact>
      <Fact word={t("ad")}>
        {lead.ad === null ? t("adNone") : <SafeText text={lead.ad.title ?? `${t("adUntitled")} · ${lead.ad.id}`} />}
      </Fact>
      <Fact word={t("created")}>{format.dateTime(lead.at, { dateStyle: "medium", timeStyle: "short" })}</Fact>
      <Fact word={t("received")}>
        <RelativeTime at={lead.receivedAt} />
      </Fact>
      <Fact word={t("speed")}>
        <Speed seconds={lead.firstResponseSeconds} />
        {lead.waitingSince !== null && (
          <span className={styles.waiting}> {t.rich("waiting", { span: () => <WaitingCell lead={lead} /> })}</span>
        )}
      </Fact>
    </dl>
  );
}

/** Seconds as people say them: 40 s, 1 min 40 s, 3 h 5 min, 2 d 4 h. */
function Speed({ seconds }: { seconds: number | null }) {
  const t = useTranslations("lead.facts");
  const format = useFormatter();
  if (seconds === null) return t("noAnswerYet");
  const unit = (value: number, name: "day" | "hour" | "minute" | "second") =>
    format.number(value, { style: "unit", unit: name, unitDisplay: "short" });
  const units = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
    [1, "second"],
  ] as const;
  let rest = Math.max(0, Math.round(seconds));
  const parts = units.flatMap(([size, name]) => {
    const value = Math.floor(rest / size);
    rest -= value * size;
    return value > 0 ? [unit(value, name)] : [];
  });
  return <span className="numbers">{parts.length === 0 ? unit(0, "second") : parts.slice(0, 2).join(" ")}</span>;
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}
