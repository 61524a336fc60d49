"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { PageStateMark } from "#components/settings/page-state.tsx";
import { useNoticeText } from "#components/settings/use-notice-text.ts";
import { type PageNotice, repairOf } from "#lib/pages/page-notice.ts";
import styles from "./page-banner.module.css";

export type SickPage = { id: string; name: string; notice: PageNotice };

const LOOK_EVERY_MS = 30_000;

type Props = { start: SickPage[]; load: () => Promise<SickPage[]>; isAdmin: boolean };

/** One line over the leads for all pages that are not well: the worst of them, and the way to its repair. */
export function PageBanner({ start, load, isAdmin }: Props) {
  const t = useTranslations("pages.banner");
  const text = useNoticeText();
  const path = usePathname();
  const { data: pages } = useQuery({
    queryKey: ["sick-pages"],
    queryFn: load,
    initialData: start,
    refetchInterval: LOOK_EVERY_MS,
  });
  const [worst, ...others] = pages;
  if (worst === undefined || !path.startsWith("/leads")) return null;
  const canRepair = repairOf(worst.notice.kind) !== "none";
  return (
    <section className={styles.banner} aria-label={t("label")}>
      <PageStateMark kind={worst.notice.kind} />
      <p role="status">
        <bdi>{worst.name}</bdi>: {text(worst.notice)} {canRepair && !isAdmin && t("admin")}{" "}
        {others.length > 0 && t("more", { count: others.length })}
      </p>
      <Link href="/settings/pages">{isAdmin && canRepair ? t("repair") : t("look")}</Link>
    </section>
  );
}
