"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type Ref, useId, useState } from "react";
import type { ControlAsk } from "#components/lead/lead-actions.ts";
import { type ControlOffer, EXTEND_DAYS } from "#lib/threads/control-actions.ts";
import styles from "./control.module.css";

type Props = {
  offers: readonly ControlOffer[];
  isBusy: boolean;
  onAsk: (ask: ControlAsk) => void;
  first: Ref<HTMLButtonElement>;
};

const DAY_SECONDS = 24 * 60 * 60;

/** The way to control; what gives it away is not what we advise. */
const isWay = (kind: ControlOffer["kind"]) => kind === "take" || kind === "request";

/** The steps that can work now, each with what it means in one sentence beside it. */
export function ControlOffers({ offers, isBusy, onAsk, first }: Props) {
  const t = useTranslations("lead.control");
  const id = useId();
  const [days, setDays] = useState<number>(EXTEND_DAYS.length);
  return (
    <ul className={styles.offers}>
      {offers.map(({ kind, consequence, targetAppId, orAsk }, index) => {
        const said = `${id}-${kind}-${targetAppId ?? ""}`;
        const seconds = kind === "extend" ? days * DAY_SECONDS : null;
        return (
          <li key={said}>
            <Button
              ref={index === 0 ? first : undefined}
              size="compact-sm"
              variant={isWay(kind) && consequence !== "take_again" ? "filled" : "default"}
              disabled={isBusy}
              aria-describedby={said}
              onClick={() => onAsk({ kind, targetAppId, seconds })}
            >
              {targetAppId === null ? t(`do.${kind}`) : t("doApp", { id: targetAppId })}
            </Button>
            {kind === "extend" && (
              <NativeSelect
                size="xs"
                aria-label={t("days")}
                value={days}
                disabled={isBusy}
                onChange={(event) => setDays(Number(event.currentTarget.value))}
                data={EXTEND_DAYS.map((count) => ({ value: String(count), label: t("dayCount", { count }) }))}
              />
            )}
            <span id={said}>
              {t(`consequence.${consequence}`)} {orAsk && t("orAsk")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
