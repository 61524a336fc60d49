import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { getViewer } from "#lib/agents/get-viewer.ts";
import { env } from "#lib/env.ts";
import { localPath } from "./local-path.ts";
import styles from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sign-in");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = localPath((await searchParams).next);
  if ((await getViewer()) !== null) redirect(next);

  const t = await getTranslations();
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        {/* biome-ignore lint/performance/noImgElement: our own icon, a few hundred bytes */}
        <img src="/icon.svg" alt="" width={36} height={36} />
        <h1 className={styles.title}>{t("sign-in.title")}</h1>
        <p className={styles.product}>{t("common.product")}</p>
        <SignInForm next={next} address={env.APP_URL} />
        <p className={styles.help}>{t("sign-in.help")}</p>
      </div>
    </main>
  );
}
