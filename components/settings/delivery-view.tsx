import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { KeptDelivery } from "#lib/inbound/kept-delivery.ts";
import styles from "./delivery.module.css";
import { DeliveryEvents } from "./delivery-events.tsx";
import { DeliveryReplay } from "./delivery-replay.tsx";
import type { ReplayActions } from "./replay-actions.ts";
import settings from "./settings.module.css";
import { useSizeText } from "./use-size-text.ts";

type Actions = Pick<ReplayActions, "applyEventAgain" | "readDeliveryAgain">;

/** One delivery: when it came, what it held, what became of that, and its bytes. */
export function DeliveryView({ delivery, actions }: { delivery: KeptDelivery; actions: Actions }) {
  const t = useTranslations("ledger");
  const size = useSizeText();
  const { raw, events, more } = delivery;
  return (
    <>
      <Facts delivery={delivery} />
      <section aria-labelledby="events">
        <h2 id="events">{t("one.events")}</h2>
        {events.length === 0 && more === 0 ? (
          <p className={settings.none}>{t("one.noEvents")}</p>
        ) : (
          <DeliveryEvents events={events} actions={actions} />
        )}
        {more > 0 && <p className={settings.text}>{t("one.more", { count: more })}</p>}
      </section>
      {delivery.mayReplay && (
        <section aria-labelledby="replay">
          <h2 id="replay">{t("replay.title")}</h2>
          <p className={settings.text}>{t("replay.text")}</p>
          <DeliveryReplay id={delivery.id} actions={actions} />
        </section>
      )}
      <section aria-labelledby="raw">
        <h2 id="raw">{t("one.raw")}</h2>
        <p className={settings.text}>
          {t(delivery.hasPeoplesWords ? "one.rawAll" : "one.rawMasked")}
          {raw.form === "hex" && ` ${t("one.hex")}`}
          {raw.isCut && ` ${t("one.cut", { size: size(delivery.bytes) })}`}
        </p>
        {raw.form === "hidden" ? (
          <p className={settings.none}>{t("one.hidden")}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too
          <pre className={styles.raw} dir="ltr" tabIndex={0}>
            {raw.text}
          </pre>
        )}
      </section>
    </>
  );
}

function Facts({ delivery }: { delivery: KeptDelivery }) {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const size = useSizeText();
  const time = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeStyle: "medium" });
  const { receivedAt, openedAt, state, isReplay, stateReason, isWhole, headers } = delivery;
  const Whole = isWhole ? IconCircleCheck : IconAlertTriangle;
  return (
    <dl className={styles.facts}>
      <Fact name={t("one.received")}>{time(receivedAt)}</Fact>
      <Fact name={t("one.opened")}>{openedAt === null ? t("one.notYet") : time(openedAt)}</Fact>
      <Fact name={t("one.source")}>{t(`source.${delivery.source}`)}</Fact>
      <Fact name={t("one.size")}>{size(delivery.bytes)}</Fact>
      <Fact name={t("one.state")}>{t(state === "waiting" && isReplay ? "state.replay" : `state.${state}`)}</Fact>
      {stateReason !== null && !isReplay && <Fact name={t("one.reason")}>{stateReason}</Fact>}
      <Fact name={t("one.attempts")}>{format.number(delivery.attempts)}</Fact>
      <Fact name={t("one.sha")}>
        <code className={styles.sha}>{delivery.sha256}</code>
        <span className={styles.state} data-state={isWhole ? "opened" : "unreadable"}>
          <Whole size={16} aria-hidden /> {t(isWhole ? "one.whole" : "one.spoiled")}
        </span>
      </Fact>
      <Fact name={t("one.headers")}>
        {headers.length === 0
          ? t("one.noHeaders")
          : headers.map(({ name, value }) => (
              <code key={name} className={styles.sha}>
                {name}: {value}
              </code>
            ))}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
