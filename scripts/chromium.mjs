// Where Chromium is, and how it comes to Debian. The tests drive it, nothing else does.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The file of a Chromium: LATTICODE_CHROMIUM names it, or it is on the path; undefined without. */
export function findChromium() {
  // biome-ignore lint/suspicious/noUndeclaredEnvVars: no build depends on it
  const told = process.env.LATTICODE_CHROMIUM;
  if (told) return existsSync(told) ? told : undefined;
  const directories = (process.env.PATH ?? "").split(delimiter);
  const onPath = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  return [...onPath, ...places].find((file) => existsSync(file));
}

/**
 * Installs Debian's Chromium where it is missing and we may.
 *
 * @returns undefined when there is a Chromium, else one line that says what to install
 */
export function ensureChromium() {
  if (findChromium()) return undefined;
  // biome-ignore lint/suspicious/noUndeclaredEnvVars: no build depends on it
  const told = process.env.LATTICODE_CHROMIUM;
  if (told) return `LATTICODE_CHROMIUM names ${told}, which is no file`;
  const mayInstall = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (mayInstall) {
    console.log("installing Chromium (apt-get install chromium)");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args) => spawnSync("apt-get", args, { env, stdio: "ignore" }).status;
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium");
    if (findChromium()) return undefined;
  }
  return "no Chromium: install the package chromium, or name one in LATTICODE_CHROMIUM, or leave its tests out with npm test -- --skip-browser";
}
