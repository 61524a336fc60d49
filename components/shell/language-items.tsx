import { Menu } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { keepCookie } from "./keep-cookie.ts";

const languages = ["en", "de"] as const;

export function LanguageItems() {
  const t = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();

  function choose(language: string) {
    keepCookie("locale", language);
    router.refresh();
  }

  return (
    <Menu.RadioGroup value={locale} onChange={choose}>
      <Menu.Label>{t("rail.language")}</Menu.Label>
      {languages.map((language) => (
        <Menu.RadioItem key={language} value={language} lang={language}>
          {t(`languages.${language}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
