import { IconUserOff } from "@tabler/icons-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "#components/ui/notice.tsx";

/** Says the same for a lead that is not there and one that is not theirs. */
export default async function NotFound() {
  const t = await getTranslations("lead.notFound");
  return (
    <Notice
      isPage
      icon={<IconUserOff size={32} stroke={1.5} />}
      title={t("title")}
      actions={<Link href="/leads">{t("back")}</Link>}
    >
      {t("text")}
    </Notice>
  );
}
