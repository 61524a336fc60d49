"use client";

import { useFormatter, useTranslations } from "next-intl";
import { z } from "zod";
import type { PageHistoryLine } from "#lib/pages/page-details.ts";
import { troubleKind } from "#lib/pages/page-trouble.ts";
import styles from "./page.module.css";

const setting = z.enum(["hasHumanAgent", "usesPersonas", "defaultCountry", "disclosure"]);

/** What happened to a page, newest first. */
export function PageHistory({ lines }: { lines: readonly PageHistoryLine[] }) {
  const t = useTranslations("pages.history");
  const format = useFormatter();
  const text = useLineText();
  if (lines.length === 0) return <p className={styles.dim}>{t("none")}</p>;
  return (
    <ol className={styles.history}>
      {lines.map((line) => (
        <li key={line.id}>
          <time dateTime={line.at.toISOString()}>
            {format.dateTime(line.at, { dateStyle: "medium", timeStyle: "short" })}
          </time>
          <span>
            {text(line)}
            {line.actorName !== null && (
              <span className={styles.dim}>
                {" "}
                · <bdi>{line.actorName}</bdi>
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

function useLineText(): (line: PageHistoryLine) => string {
  const t = useTranslations("pages");
  const format = useFormatter();

  return ({ kind, data }) => {
    const word = (name: string) => (typeof data[name] === "string" ? data[name] : "");
    const count = (name: string) => (typeof data[name] === "number" ? data[name] : 0);
    const list = Array.isArray(data.names) ? data.names : [];
    const names = format.list(list, { type: "unit" });
    const state = troubleKind.safeParse(data.kind);
    const moment = (name: string) => {
      const at = new Date(word(name));
      return Number.isNaN(at.getTime()) ? "–" : format.dateTime(at, { dateStyle: "short", timeStyle: "short" });
    };
    switch (kind) {
      case "connected":
        if (data.by === "login") return t("history.connectedLogin");
        return data.by === "token" ? t("history.connectedToken") : t("history.connected");
      case "trouble":
        if (!state.success) return t("history.trouble", { state: word("kind") });
        return list.length === 0
          ? t("history.trouble", { state: t(`state.${state.data}`) })
          : t("history.troubleNames", { state: t(`state.${state.data}`), names });
      case "repaired":
        return t("history.repaired", { state: state.success ? t(`state.${state.data}`) : word("kind") });
      case "resubscribed":
        return data.layer === "app"
          ? t("history.resubscribedApp", { names })
          : t("history.resubscribedPage", { names });
      case "paused":
        return t("history.paused", { until: moment("until") });
      case "changed": {
        const words = list.map((name) => setting.safeParse(name)).flatMap((read) => (read.success ? read.data : []));
        return t("history.changed", {
          names: format.list(
            words.map((name) => t(`setting.${name}`)),
            { type: "unit" },
          ),
        });
      }
      case "gap":
        return t("history.gap", { since: moment("since"), until: moment("until") });
      case "forms_read":
        return t("history.forms_read", { leads: count("leads") });
      case "reconciled":
        return [
          t("history.reconciled", {
            messages: count("messages"),
            threads: count("threads"),
            leads: count("leads"),
            since: moment("since"),
            until: moment("until"),
          }),
          ...(count("cutShort") > 0
            ? [t("history.reconciledHidden", { threads: count("cutShort"), messages: count("hidden") })]
            : []),
          ...(count("unread") > 0 ? [t("history.reconciledUnread", { threads: count("unread") })] : []),
          ...(count("unlisted") > 0 ? [t("history.reconciledUnlisted")] : []),
          ...(count("again") > 0 ? [t("history.reconciledAgain")] : []),
          t("history.reconciledNever"),
        ].join(" ");
      case "policy": {
        const reason = word("reason");
        if (data.action === "warning") return t("history.policyWarning", { reason }).trim();
        if (data.action === "block") return t("history.policyBlock", { reason }).trim();
        if (data.action === "unblock") return t("history.policyUnblock");
        return t("history.policyOther", { reason }).trim();
      }
      case "replayed":
        return count("deliveries") === 0
          ? t("history.replayedEvent", { why: word("why") })
          : t("history.replayed", { deliveries: count("deliveries"), why: word("why") });
      case "test_received":
        return t("history.test_received", { field: word("field") });
      case "disconnected":
      case "roles_changed":
        return t(`history.${kind}`);
    }
  };
}
