import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTimeZone, getTranslations } from "next-intl/server";
import { z } from "zod";
import styles from "#components/settings/delivery.module.css";
import { DeliveryList } from "#components/settings/delivery-list.tsx";
import settings from "#components/settings/settings.module.css";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findDeliveries } from "#lib/inbound/find-deliveries.ts";
import { deliveryFilter, deliveryPlace } from "#lib/inbound/kept-delivery.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("deliveries") };
}

const day = z.iso.date();
const page = z
  .string()
  .regex(/^\d{1,32}$/)
  .nullable()
  .catch(null);
const place = deliveryPlace.nullable().catch(null);

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What came on one day. */
export default async function DeliveriesPage({ searchParams }: Props) {
  const viewer = await requireViewer();
  const [t, timeZone, words] = await Promise.all([getTranslations("ledger"), getTimeZone(), searchParams]);
  const asked = day.safeParse(words.day);
  if (!asked.success) notFound();
  const only = deliveryFilter.catch("all").parse(words.only);
  const pageId = page.parse(words.page ?? null);
  const after = place.parse(words.after ?? null);
  const list = await findDeliveries(viewer, { day: asked.data, timeZone, only, pageId, after });
  if (list === null) notFound();
  return (
    <div className={settings.settings} data-wide>
      <Link className={styles.back} href="/settings/ledger">
        {t("back")}
      </Link>
      <h1>{t("list.title", { day: asked.data })}</h1>
      <DeliveryList list={list} day={asked.data} only={only} pageId={pageId} isFirst={after === null} />
    </div>
  );
}
