"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useLive } from "#components/live/use-live.ts";
import { PageStateMark } from "#components/settings/page-state.tsx";
import { type PageNotice, repairOf, stopsReplies } from "#lib/pages/page-notice.ts";
import styles from "./page-banner.module.css";

export type SickPage = { id: string; name: string; notice: PageNotice };

const LOOK_EVERY_MS = 15_000;
/** Changes come in bursts; between two looks there is at least this much rest. */
const REST_MS = 3_000;

type Props = { start: SickPage[]; load: () => Promise<SickPage[]>; isAdmin: boolean };

/**
 * One line over the leads for all pages that are not well: the worst of them, over a lead that of its own page, and the
 * way to its repair.
 */
export function PageBanner({ start, load, isAdmin }: Props) {
  const t = useTranslations("pages");
  const path = usePathname();
  const router = useRouter();
  const {
    data: pages,
    dataUpdatedAt,
    refetch,
  } = useQuery({
    queryKey: ["sick-pages"],
    queryFn: load,
    initialData: start,
    refetchInterval: LOOK_EVERY_MS,
  });
  // A reply that has to wait, or goes on, tells of the page before the next look would.
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLive(() => {
    clearTimeout(later.current);
    const rest = dataUpdatedAt + REST_MS - Date.now();
    if (rest <= 0) void refetch();
    else later.current = setTimeout(() => void refetch(), rest);
  });
  useEffect(() => () => clearTimeout(later.current), []);
  const state = pages.map(({ id, notice }) => `${id} ${notice.kind}`).join();
  const drawn = useRef(state);
  useEffect(() => {
    if (drawn.current === state) return;
    drawn.current = state;
    router.refresh();
  }, [state, router]);
  const own = pages.filter(({ id }) => path.startsWith(`/leads/${id}.`));
  const [worst, ...others] = [...own, ...pages.filter((page) => !own.includes(page))];
  if (worst === undefined || !path.startsWith("/leads")) return null;
  const canRepair = repairOf(worst.notice) !== "none";
  return (
    <section className={styles.banner} aria-label={t("banner.label")}>
      <PageStateMark kind={worst.notice.kind} />
      <p role="status">
        <bdi>{worst.name}</bdi>: {t(`short.${shortWord(worst.notice)}`)} {canRepair && !isAdmin && t("banner.admin")}{" "}
        {others.length > 0 && t("banner.more", { count: others.length })}
      </p>
      <Link href="/settings/pages">{t(isAdmin && canRepair ? "banner.repair" : "banner.look")}</Link>
    </section>
  );
}

/** A permission that is missing stops the replies, or something else. */
function shortWord(notice: PageNotice): PageNotice["kind"] | "missingSend" {
  return notice.kind === "missing_permission" && stopsReplies(notice) ? "missingSend" : notice.kind;
}
