"use client";

import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { cssVariables, theme } from "#components/theme.ts";
import styles from "./look.module.css";

/** The look of everything. A refresh brings a new nonce, but the document keeps obeying its first one. */
export function Look({ nonce, children }: { nonce: string; children: ReactNode }) {
  const t = useTranslations("common");
  const close = t("close");
  // The crosses of toasts and dialogs have no words of their own.
  const spoken = useMemo(() => {
    const defaultProps = { closeButtonProps: { "aria-label": close } };
    return mergeThemeOverrides(theme, { components: { Notification: { defaultProps }, Modal: { defaultProps } } });
  }, [close]);
  const [pageNonce] = useState(nonce);
  // Read by the scroll lock of dialogs, which writes a style element of its own.
  if (typeof window !== "undefined") Object.assign(window, { __webpack_nonce__: pageNonce });

  return (
    <MantineProvider
      theme={spoken}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => pageNonce}
    >
      <Notifications className={styles.toasts} position="bottom-center" limit={3} />
      {children}
    </MantineProvider>
  );
}
