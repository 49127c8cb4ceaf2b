import { openCanvas, redrawOnChange } from "./canvas.js";

// Okabe and Ito (2008): told apart by people with any colour blindness
const palette = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#d55e00",
  "#56b4e9",
  "#cc79a7",
  "#8a8a8a",
  "#b8a800",
];
const mostNamed = 12;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Hidden states in a plane, which move from one stage's coordinates to the next's. */
export function newStatePlot(canvas) {
  let states;
  let from;
  let to;
  let share = 1;
  let frame = 0;
  redrawOnChange(canvas, draw);

  function draw() {
    const { context, width, height, colour } = openCanvas(canvas);
    const box = { left: 14, right: width - 14, top: 12, bottom: height - 26 };
    context.strokeStyle = colour("line");
    context.strokeRect(
      box.left - 4.5,
      box.top - 4.5,
      box.right - box.left + 9,
      box.bottom - box.top + 9,
    );
    if (!states) return;
    const place = (i) =>
      [0, 1].map((axis) => {
        const at = from[2 * i + axis] + (to[2 * i + axis] - from[2 * i + axis]) * ease(share);
        return axis === 0
          ? box.left + at * (box.right - box.left)
          : box.bottom - at * (box.bottom - box.top);
      });
    const count = to.length / 2;
    const radius = count > 600 && !states.clusters ? 1.75 : 3;
    for (let i = 0; i < count; i++) {
      const label = states.labels?.[i] ?? -1;
      context.fillStyle = label < 0 ? colour("accent") : palette[label % palette.length];
      context.globalAlpha = states.clusters ? 0.85 : 0.5;
      const [px, py] = place(i);
      context.beginPath();
      context.arc(px, py, radius, 0, 7);
      context.fill();
    }
    context.globalAlpha = 1;
    const { xLabel, yLabel } = states.stages[states.shown];
    context.fillStyle = colour("soft");
    context.textAlign = "right";
    context.textBaseline = "alphabetic";
    context.fillText(`${xLabel} →`, box.right, height - 5);
    context.textAlign = "left";
    context.fillText(`↑ ${yLabel}`, box.left, height - 5);
    nameClusters(context, { width, box, place, colour });
  }

  function nameClusters(context, { width, box, place, colour }) {
    if (!states.names || states.names.length > mostNamed || share < 1) return;
    const taken = [];
    states.names.forEach((name, cluster) => {
      const members = states.labels.flatMap((label, i) => (label === cluster ? [i] : []));
      if (members.length === 0) return;
      // a cluster against the position is named at its last point
      const at = place(states.byPosition ? members.at(-1) : members[0]);
      const textWidth = context.measureText(name).width;
      const fitsRight = at[0] + 10 + textWidth < Math.min(width, box.right);
      const x = fitsRight ? at[0] + 9 : at[0] - 9 - textWidth;
      let y = Math.min(Math.max(at[1] - 9, box.top + 10), box.bottom - 2);
      while (taken.some((other) => Math.abs(other.y - y) < 15 && Math.abs(other.x - x) < textWidth))
        y += 15;
      taken.push({ x, y });
      context.lineWidth = 4;
      context.lineJoin = "round";
      context.strokeStyle = colour("card");
      context.strokeText(name, x, y);
      context.fillStyle = colour("ink");
      context.fillText(name, x, y);
    });
  }

  function move() {
    cancelAnimationFrame(frame);
    const start = performance.now();
    const tick = (now) => {
      share = still.matches ? 1 : Math.min(1, (now - start) / 900);
      draw();
      if (share < 1) frame = requestAnimationFrame(tick);
    };
    share = 0;
    frame = requestAnimationFrame(tick);
  }

  return {
    clear() {
      states = undefined;
      cancelAnimationFrame(frame);
      canvas.setAttribute("aria-label", "No hidden states yet");
      draw();
    },
    set(given) {
      states = { ...given, shown: 0, byPosition: given.stages[0].xLabel === "position" };
      to = scaled(states.stages[0].points);
      // they come from the middle
      from = to.map(() => 0.5);
      describe();
      move();
    },
    /** Moves to the coordinates of a stage. */
    show(stage) {
      from = to.map((end, i) => from[i] + (end - from[i]) * ease(share));
      states.shown = stage;
      to = scaled(states.stages[stage].points);
      describe();
      move();
    },
  };

  function describe() {
    const { name, description } = states.stages[states.shown];
    const groups = states.clusters ? `, in ${states.clusters} groups` : "";
    canvas.setAttribute("aria-label", `Hidden states ${stageText(name)}: ${description}${groups}`);
  }
}

export function stageText(name) {
  return name === "as trained" ? name : `after ${name}`;
}

/** Both coordinates from 0 to 1, with a margin. */
function scaled(points) {
  const extents = [0, 1].map((axis) => {
    const values = points.filter((_, i) => i % 2 === axis);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = (high - low || 1) * 0.08;
    return [low - margin, high + margin];
  });
  return points.map((value, i) => {
    const [low, high] = extents[i % 2];
    return (value - low) / (high - low);
  });
}

function ease(share) {
  return share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) * (1 - share);
}
