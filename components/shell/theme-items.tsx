import { Menu, useMantineColorScheme } from "@mantine/core";
import { useTranslations } from "next-intl";

const schemes = ["light", "dark", "auto"] as const;

export function ThemeItems() {
  const t = useTranslations("common.rail");
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  function choose(value: string) {
    const scheme = schemes.find((each) => each === value);
    if (scheme !== undefined) setColorScheme(scheme);
  }

  return (
    <Menu.RadioGroup value={colorScheme} onChange={choose}>
      <Menu.Label>{t("theme")}</Menu.Label>
      {schemes.map((scheme) => (
        <Menu.RadioItem key={scheme} value={scheme}>
          {t(`theme-${scheme}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
