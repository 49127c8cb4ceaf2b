import { openCanvas, redrawOnChange } from "./canvas.js";

const left = 52;
const right = 12;
const top = 10;
const bottom = 26;

/** Losses of attempts over what has been told of them, on a logarithmic scale. */
export function newLossChart(canvas) {
  let attempts = new Map();
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

    context.strokeStyle = colour("soft");
    context.fillStyle = colour("soft");
    context.globalAlpha = 0.5;
    for (const line of attempts.values()) {
      context.beginPath();
      for (const [step, loss] of line) context.lineTo(x(step), y(loss));
      context.stroke();
      const [step, loss] = line.at(-1);
      context.beginPath();
      context.arc(x(step), y(loss), 2, 0, 7);
      context.fill();
    }
    context.globalAlpha = 1;
    drawLeast(context, { x, y, colour });
  }

  /** The least loss so far, as steps. */
  function drawLeast(context, { x, y, colour }) {
    const inOrder = [...attempts.values()].flat().sort(([a], [b]) => a - b);
    if (inOrder.length === 0) return;
    context.strokeStyle = colour("accent");
    context.fillStyle = colour("accent");
    context.lineWidth = 2;
    context.beginPath();
    let least = Number.POSITIVE_INFINITY;
    for (const [step, loss] of inOrder) {
      if (Number.isFinite(least)) context.lineTo(x(step), y(least));
      least = Math.min(least, loss);
      context.lineTo(x(step), y(least));
    }
    context.stroke();
    context.lineWidth = 1;
    context.beginPath();
    context.arc(x(inOrder.at(-1)[0]), y(least), 3.5, 0, 7);
    context.fill();
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
      const name = `${phase} ${attempt}`;
      attempts.set(name, [...(attempts.get(name) ?? []), [told++, loss]]);
      const count = attempts.size === 1 ? "1 network" : `${attempts.size} networks`;
      canvas.setAttribute("aria-label", `Losses of ${count}, the last at ${loss.toPrecision(2)}`);
      draw();
    },
  };
}
