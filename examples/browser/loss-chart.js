import { openCanvas, redrawOnChange } from "./canvas.js";

const left = 52;
const right = 12;
const top = 10;
const bottom = 26;

/** Losses of attempts over what has been told of them, on a logarithmic scale. */
export function newLossChart(canvas) {
  let attempts = new Map();
  let last;
  let told = 0;
  redrawOnChange(canvas, draw);

  function draw() {
    const { context, width, height, colour } = openCanvas(canvas);
    const losses = [...attempts.values()].flat().map(([, loss]) => loss);
    const exponents = losses.map((loss) => Math.log10(Math.max(loss, 1e-12)));
    const low = Math.floor(Math.min(-2, ...exponents));
    const high = Math.ceil(Math.max(0, ...exponents));
    const steps = Math.max(12, told);
    const x = (step) => left + ((width - left - right) * step) / (steps - 1);
    const y = (loss) =>
      top + ((high - Math.log10(Math.max(loss, 1e-12))) / (high - low)) * (height - top - bottom);

    context.textAlign = "right";
    context.textBaseline = "middle";
    const every = Math.ceil((high - low) / 6);
    for (let exponent = low; exponent <= high; exponent += every) {
      const at = y(10 ** exponent);
      context.strokeStyle = colour("line");
      context.beginPath();
      context.moveTo(left, at);
      context.lineTo(width - right, at);
      context.stroke();
      context.fillStyle = colour("soft");
      context.fillText(
        exponent < -3 || exponent > 3 ? `1e${exponent}` : String(10 ** exponent),
        left - 8,
        at,
      );
    }
    context.textBaseline = "alphabetic";
    context.fillText("time", width - right, height - 6);

    for (const [attempt, line] of attempts) {
      const isLast = attempt === last;
      context.strokeStyle = colour(isLast ? "accent" : "soft");
      context.fillStyle = context.strokeStyle;
      context.globalAlpha = isLast ? 1 : 0.45;
      context.lineWidth = isLast ? 2 : 1.25;
      context.beginPath();
      for (const [step, loss] of line) context.lineTo(x(step), y(loss));
      context.stroke();
      context.beginPath();
      const [step, loss] = line.at(-1);
      context.arc(x(step), y(loss), isLast ? 3.5 : 2, 0, 7);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  return {
    clear() {
      attempts = new Map();
      told = 0;
      canvas.setAttribute("aria-label", "No losses yet");
      draw();
    },
    /** @param progress of a training */
    add({ phase, attempt, loss }) {
      if (!Number.isFinite(loss)) return;
      last = `${phase} ${attempt}`;
      attempts.set(last, [...(attempts.get(last) ?? []), [told++, loss]]);
      const count = attempts.size === 1 ? "1 network" : `${attempts.size} networks`;
      canvas.setAttribute("aria-label", `Losses of ${count}, the last at ${loss.toPrecision(2)}`);
      draw();
    },
  };
}
