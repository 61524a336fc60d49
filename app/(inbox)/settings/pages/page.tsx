import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import styles from "#components/settings/page.module.css";
import { PageCard } from "#components/settings/page-card.tsx";
import { PageChoices } from "#components/settings/page-choices.tsx";
import { PageConnect } from "#components/settings/page-connect.tsx";
import settings from "#components/settings/settings.module.css";
import { requireViewer } from "#lib/agents/get-viewer.ts";
import { findPageChoices } from "#lib/pages/find-page-choices.ts";
import { findPageDetails } from "#lib/pages/find-page-details.ts";
import { checkNow, connectChosen, connectToken, disconnect, saveSettings, startLogin } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("title") };
}

/** How somebody came back from Meta. */
const login = z.enum(["choose", "declined", "no-pages", "refused", "not-ours"]).nullable().catch(null);

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** How each page is, and the one step that repairs it; administrators connect pages here. */
export default async function PagesPage({ searchParams }: Props) {
  const viewer = await requireViewer();
  const isAdmin = viewer.role === "admin";
  const [t, pages, words] = await Promise.all([getTranslations("pages"), findPageDetails(viewer), searchParams]);
  const back = isAdmin ? login.parse(words.login ?? null) : null;
  const choices = back === "choose" ? await findPageChoices(viewer) : null;
  const actions = { checkNow, connectChosen, connectToken, disconnect, saveSettings, startLogin };
  return (
    <div className={settings.settings}>
      <h1>{t("title")}</h1>
      <p className={settings.text}>{t("intro")}</p>
      <div className={styles.pages}>
        {back !== null && back !== "choose" && (
          <p className={styles.notice} role="alert">
            {t(`answer.${back}`)}
          </p>
        )}
        {choices !== null && <PageChoices choices={choices} actions={actions} />}
        {pages.length === 0 && (
          <p className={settings.none}>
            {t("none")} {isAdmin ? t("noneAdmin") : t("noneOther")}
          </p>
        )}
        {pages.map((page) => (
          <PageCard key={page.id} page={page} actions={isAdmin ? actions : null} />
        ))}
        {isAdmin && choices === null && <PageConnect actions={actions} />}
      </div>
    </div>
  );
}
