"use client";

import { useTranslations } from "next-intl";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { leadReasons, leadStatuses, stages } from "#lib/leads/lead.ts";
import type { LeadActivity } from "#lib/leads/lead-page.ts";
import { controlActionKinds } from "#lib/threads/control-actions.ts";
import styles from "./lead.module.css";
import type { AgentChoice } from "./lead-actions.ts";

type Props = { activity: readonly LeadActivity[]; agents: readonly AgentChoice[] };

/** What happened to the lead, newest first, each line with who and when. */
export function Activity({ activity, agents }: Props) {
  const t = useTranslations("lead.facts");
  const sentence = useSentence(agents);
  if (activity.length === 0) return <p className={styles.dim}>{t("noActivity")}</p>;
  return (
    <ol className={styles.list}>
      {activity
        .toSorted((a, b) => b.at.getTime() - a.at.getTime())
        .map((line) => (
          <li key={line.id}>
            <bdi>{sentence(line)}</bdi>
            <p className={styles.dim}>
              <RelativeTime at={line.at} />
            </p>
          </li>
        ))}
    </ol>
  );
}

/** The data of a line is JSON from long ago: a word no longer known is shown as it stands. */
function useSentence(agents: readonly AgentChoice[]): (line: LeadActivity) => string {
  const t = useTranslations();
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const status = (value: unknown) => {
    const known = leadStatuses.find((word) => word === value);
    return known === undefined ? text(value) : t(`common.status.${known}`);
  };
  const reason = (value: unknown) => {
    const known = leadReasons.find((word) => word === value);
    return known === undefined ? text(value) : t(`common.reason.${known}`);
  };
  const stage = (value: unknown) => {
    const known = stages.find((word) => word === value);
    return known === undefined ? text(value) : t(`common.stage.${known}`);
  };
  const control = (value: unknown) => {
    const known = controlActionKinds.find((word) => word === value);
    return known === undefined ? text(value) : t(`lead.control.do.${known}`);
  };

  return ({ kind, actor: by, data }) => {
    const actor = by ?? t("lead.activity.system");
    switch (kind) {
      case "created":
        return t("lead.activity.created", { status: status(data.status) });
      case "status_changed":
        if (data.from === data.to) return t("lead.activity.reason_changed", { reason: reason(data.reason) });
        return t("lead.activity.status_changed", { from: status(data.from), to: status(data.to) });
      case "assigned":
        return t("lead.activity.assigned", {
          actor,
          name: agents.find(({ id }) => id === data.to)?.name ?? text(data.to),
        });
      case "stage_changed":
        return text(data.reason) === ""
          ? t("lead.activity.stage_changed", { actor, stage: stage(data.to) })
          : t("lead.activity.stage_why", { actor, stage: stage(data.to), why: text(data.reason) });
      case "control_asked":
        return t("lead.activity.control_asked", { actor, action: control(data.kind) });
      case "joined":
      case "split":
        return t(`lead.activity.${kind}`);
      case "claimed":
      case "unassigned":
      case "reply_arrived":
      case "reply_not_arrived":
      case "done":
      case "reopened":
        return t(`lead.activity.${kind}`, { actor });
      default:
        return t("lead.activity.other", { actor, kind });
    }
  };
}
