// Draws the browser example, as it is at the end of a run, into docs/images/.

import { createReadStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
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
    const path = join(images, `browser-${width}-${colorScheme}.webp`);
    const png = await page.screenshot({ fullPage: true });
    writeFileSync(path, await webpOf(browser, png));
    await page.close();
    console.log(path.slice(images.length - "docs/images".length));
  }
} finally {
  await browser.close();
  server.close();
}

/** A third of the size; the browser is the encoder. */
async function webpOf(browser, png) {
  const page = await browser.newPage();
  const base64 = await page.evaluate(
    async (data) => {
      const image = new Image();
      image.src = data;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext("2d").drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", 0.85).split(",")[1];
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  await page.close();
  return Buffer.from(base64, "base64");
}
