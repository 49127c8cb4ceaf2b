// Draws the browser example, as it is at the end of a run, into docs/images/.

import { createReadStream, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";

const site = fileURLToPath(new URL("../examples/browser/dist", import.meta.url));
const images = fileURLToPath(new URL("../docs/images", import.meta.url));
const types = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  wasm: "application/wasm",
};

const server = createServer((request, response) => {
  const file = join(site, request.url === "/" ? "index.html" : request.url);
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": types[file.split(".").pop()] });
  createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
mkdirSync(images, { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  for (const [width, height, colorScheme] of [
    [1280, 900, "light"],
    [1280, 900, "dark"],
    [390, 844, "light"],
    [390, 844, "dark"],
  ]) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    page.on("console", (message) => {
      if (message.type() === "error") console.error(message.text());
    });
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => document.getElementById("text").value !== "");
    await page.getByRole("button", { name: "Find the program" }).click();
    await page.waitForSelector("#machine svg", { timeout: 120_000 });
    // until the points have come to rest
    await page.waitForTimeout(8000);
    const path = join(images, `browser-${width}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: true });
    await page.close();
    console.log(path.slice(images.length - "docs/images".length));
  }
} finally {
  await browser.close();
  server.close();
}
