import type { ReactNode } from "react";
import styles from "#components/settings/settings.module.css";
import { SettingsNav } from "#components/settings/settings-nav.tsx";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className={styles.place}>
      <SettingsNav />
      {children}
    </div>
  );
}
