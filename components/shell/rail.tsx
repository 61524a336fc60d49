"use client";

import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconInbox, IconKeyboard, IconLogout, IconSettings } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Face } from "#components/ui/face.tsx";
import type { Role } from "#lib/agents/viewer.ts";
import { LanguageItems } from "./language-items.tsx";
import styles from "./rail.module.css";
import { ThemeItems } from "./theme-items.tsx";
import { useSignOut } from "./use-sign-out.ts";

export type Me = { name: string; email: string; role: Role };

const places = [
  { href: "/leads", word: "leads", Icon: IconInbox },
  { href: "/settings", word: "settings", Icon: IconSettings },
] as const;

/** The narrow strip on the left; at the bottom on a phone. */
export function Rail({ me, onHelp }: { me: Me; onHelp: () => void }) {
  const t = useTranslations("common");
  const path = usePathname();
  return (
    <nav className={styles.rail} aria-label={t("rail.label")}>
      {/* biome-ignore lint/performance/noImgElement: our own icon, a few hundred bytes */}
      <img className={styles.logo} src="/icon.svg" alt={t("product")} width={28} height={28} />
      {places.map(({ href, word, Icon }) => (
        <Link
          key={href}
          href={href}
          className={styles.place}
          aria-current={path === href || path.startsWith(`${href}/`) ? "page" : undefined}
        >
          <Icon size={20} stroke={1.6} aria-hidden />
          <span>{t(`rail.${word}`)}</span>
        </Link>
      ))}
      <div className={styles.gap} />
      <Tooltip label={t("rail.keys")} position="right">
        <ActionIcon
          className={styles.keys}
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("rail.keys")}
          onClick={onHelp}
        >
          <IconKeyboard size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <MeMenu me={me} />
    </nav>
  );
}

function MeMenu({ me }: { me: Me }) {
  const t = useTranslations("common");
  const signOut = useSignOut();
  return (
    <Menu position="right-end" width={240}>
      <Menu.Target>
        <button type="button" className={styles.me} aria-label={t("rail.me", { name: me.name })}>
          <Face name={me.name} size={30} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.card}>
          <strong>{me.name}</strong>
          <span>{me.email}</span>
          <span>{t(`role.${me.role}`)}</span>
        </div>
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {t("rail.sign-out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
