import { IconMapOff } from "@tabler/icons-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "#components/ui/notice.tsx";

export default async function NotFound() {
  const t = await getTranslations("common");
  return (
    <main>
      <Notice
        isPage
        icon={<IconMapOff size={32} stroke={1.5} />}
        title={t("not-found.title")}
        actions={<Link href="/leads">{t("not-found.back")}</Link>}
      >
        {t("not-found.text")}
      </Notice>
    </main>
  );
}
