"use client";

import { useTranslations } from "next-intl";
import type { ReplayActions } from "./replay-actions.ts";
import { ReplayForm } from "./replay-form.tsx";

/** Has a whole delivery read once more. */
export function DeliveryReplay({ id, actions }: { id: string; actions: Pick<ReplayActions, "readDeliveryAgain"> }) {
  const t = useTranslations("ledger.replay");
  return <ReplayForm label={t("one")} ask={(why) => actions.readDeliveryAgain({ id, why })} />;
}
