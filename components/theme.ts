import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** One accent, one grey scale, one radius, 13–14 px text. Shades are picked for 4.5:1 in both themes. */
const accent: MantineColorsTuple = [
  "#eef3ff",
  "#dce4f9",
  "#b9c8ee",
  "#93aae3",
  "#7291da",
  "#5d81d5",
  "#4a73d0",
  "#2f5bc0",
  "#2750ad",
  "#1c4396",
];

const gray: MantineColorsTuple = [
  "#f8f9fb",
  "#f1f3f6",
  "#e6e9ee",
  "#d9dde4",
  "#c2c8d1",
  "#98a1ae",
  "#6b7482",
  "#4d5663",
  "#343b46",
  "#1e242d",
];

const dark: MantineColorsTuple = [
  "#d3d8e0",
  "#b9c0cb",
  "#a0a9b7",
  "#6a7483",
  "#3c434e",
  "#2f353f",
  "#262b34",
  "#1b1f26",
  "#16191f",
  "#101318",
];

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, gray, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  defaultRadius: "sm",
  radius: { xs: "6px", sm: "6px", md: "6px", lg: "6px", xl: "6px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.125rem" }, h2: { fontSize: "0.9375rem" }, h3: { fontSize: "0.875rem" } },
  },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "xs" } },
    // Without the placeholder the first item takes the focus, and a menu holds nothing but items.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { duration: 100 }, shadow: "md" } },
    // Inside the main landmark, like the button that opens them.
    Popover: {
      defaultProps: { portalProps: { target: "#content" }, transitionProps: { duration: 100 }, shadow: "md" },
    },
    Modal: { defaultProps: { transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 100 } } },
  },
});

/** Names for what we draw with, so that no style sheet picks a shade of its own. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5a6371",
    "--mantine-color-placeholder": "#656e7c",
    "--surface": "#ffffff",
    "--surface-raised": "#f8f9fb",
    "--surface-hover": "#f1f3f6",
    "--surface-active": "#e8eefc",
    "--line": "#e1e5eb",
    "--good": "#146c3a",
    "--warn": "#8a4b00",
    "--bad": "#b3261e",
    "--accent-text": "#2750ad",
    "--note": "#fff8e1",
    "--note-line": "#e2c56a",
    "--note-text": "#6b5000",
  },
  dark: {
    "--mantine-color-dimmed": "#a0a9b7",
    "--mantine-color-placeholder": "#98a1ae",
    "--surface": "#1b1f26",
    "--surface-raised": "#16191f",
    "--surface-hover": "#232831",
    "--surface-active": "#222d47",
    "--line": "#2f353f",
    "--good": "#6fcf97",
    "--warn": "#f0b35c",
    "--bad": "#ff8a80",
    "--accent-text": "#93aae3",
    "--note": "#2e2813",
    "--note-line": "#6b5a20",
    "--note-text": "#e2c56a",
  },
});
