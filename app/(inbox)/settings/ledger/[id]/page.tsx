import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTimeZone, getTranslations } from "next-intl/server";
import { z } from "zod";
import styles from "#components/settings/delivery.module.css";
import { DeliveryView } from "#components/settings/delivery-view.tsx";
import settings from "#components/settings/settings.module.css";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findDelivery } from "#lib/inbound/find-delivery.ts";
import { applyEventAgain, readDeliveryAgain } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("one.title") };
}

const uuid = z.uuid();

type Props = { params: Promise<{ id: string }> };

/** One delivery, as it came. */
export default async function DeliveryPage({ params }: Props) {
  const viewer = await requireViewer();
  const asked = uuid.safeParse((await params).id);
  if (!asked.success) notFound();
  const [t, timeZone, delivery] = await Promise.all([
    getTranslations("ledger"),
    getTimeZone(),
    findDelivery(viewer, asked.data),
  ]);
  if (delivery === null) notFound();
  // YYYY-MM-DD by the viewer's clock, which is how days are named in addresses.
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(delivery.receivedAt);
  return (
    <div className={settings.settings} data-wide>
      <Link className={styles.back} href={`/settings/ledger/deliveries?day=${day}`}>
        {t("list.title", { day })}
      </Link>
      <h1>{t("one.title")}</h1>
      <DeliveryView delivery={delivery} actions={{ applyEventAgain, readDeliveryAgain }} />
    </div>
  );
}
