import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { Refusal } from "./refusal.ts";

const SYSTEM = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].flatMap((name) =>
  ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/homebrew/bin"].map((folder) => `${folder}/${name}`),
);
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A Chromium that is there already: the setting's, the system's, Playwright's own. */
export function installedBrowser(): string | null {
  const places = [process.env.CHROMIUM ?? "", ...SYSTEM, ...MAC, chromium.executablePath()];
  return places.find((path) => path !== "" && existsSync(path)) ?? null;
}

/** The same, or one brought now: Debian's package where we are root, then Playwright's download. */
export function bringBrowser(): string {
  const there = installedBrowser();
  if (there !== null) return there;
  console.log("Bringing a browser for the tests (once) …");
  const isDebian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (isDebian) {
    attempt("apt-get", ["update", "-qq"]);
    attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  }
  if (installedBrowser() === null)
    attempt(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  const brought = installedBrowser();
  if (brought !== null) return brought;
  throw new Refusal(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM to its path.",
  );
}

function attempt(command: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
}
