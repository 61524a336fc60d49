"use client";

import { IconAlertTriangle, IconCircleCheck, IconClock, IconCopy, IconHelp } from "@tabler/icons-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { KeptEvent, KeptEventFate } from "#lib/inbound/kept-delivery.ts";
import styles from "./delivery.module.css";
import type { ReplayActions } from "./replay-actions.ts";
import { ReplayForm } from "./replay-form.tsx";
import settings from "./settings.module.css";

const ICONS: Record<KeptEventFate, typeof IconClock> = {
  applied: IconCircleCheck,
  ignored: IconHelp,
  parked: IconAlertTriangle,
  waiting: IconClock,
  duplicate: IconCopy,
  missing: IconAlertTriangle,
  unopened: IconClock,
};
/** What may be applied once more by itself; the others have no effect of their own. */
const REPLAYABLE: readonly KeptEventFate[] = ["applied", "parked"];

type Actions = Pick<ReplayActions, "applyEventAgain">;

/** What a delivery held, in its order. */
export function DeliveryEvents({ events, actions }: { events: readonly KeptEvent[]; actions: Actions }) {
  return (
    <ul className={settings.list}>
      {events.map((event) => (
        <Event key={event.position} event={event} actions={actions} />
      ))}
    </ul>
  );
}

function Event({ event, actions }: { event: KeptEvent; actions: Actions }) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const reason = useReason();
  const [isAsking, setAsking] = useState(false);
  const { position, kind, pageId, pageName, at, fate, key, lead, broughtBy } = event;
  const Icon = ICONS[fate];
  return (
    <li className={styles.event}>
      <strong>
        {position + 1}. {kind}
      </strong>
      <span className={styles.dim}>
        <bdi>{pageName}</bdi> · {format.dateTime(at, { dateStyle: "medium", timeStyle: "medium" })}
      </span>
      <span className={styles.state} data-state={fate}>
        <Icon size={16} aria-hidden /> {t(`fate.${fate}`)}
        {event.reason !== null && `: ${reason(event.reason)}`}
      </span>
      <span className={styles.links}>
        {lead !== null && <Link href={`/leads/${lead}`}>{t("one.lead")}</Link>}
        {broughtBy !== null && <Link href={`/settings/ledger/${broughtBy}`}>{t("one.elsewhere")}</Link>}
        {key !== null && REPLAYABLE.includes(fate) && (
          <button type="button" className={styles.again} aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
            {t("one.again")}
          </button>
        )}
      </span>
      {isAsking && key !== null && (
        <div className={styles.asking}>
          <ReplayForm label={t("replay.event")} ask={(why) => actions.applyEventAgain({ pageId, key, why })} />
        </div>
      )}
    </li>
  );
}

/** Words of ours are said in the reader's language; Meta's own, and the names of faults, stay what they are. */
function useReason(): (reason: string) => string {
  const t = useTranslations("ledger.reason");
  return (reason) => {
    switch (reason) {
      case "page_not_connected":
      case "replay":
      case "apply_again":
        return t(reason);
      default:
        return reason;
    }
  };
}
