import { addExact, type Integer, subtractExact } from "../integer.ts";
import type { Task } from "../task.ts";

// A body of unit mass under a force, in unit steps of time: velocity first, then position. The
// magnetic task grows like 2^(length / 2) and leaves the safe integers near length 100, so all of
// it is exact.

interface Body {
  readonly position: Integer;
  readonly velocity: Integer;
}

function newton(
  force: string,
  description: string,
  acceleration: (x: number, position: Integer) => Integer,
): Task<Body> {
  return {
    name: `Newton_${force}`,
    description,
    inputDim: 1,
    inputRange: [-10, 10],
    length: 10,
    outputDim: 1,
    gpt4TurboSolved: false,
    publishedProgramRight: true,
    initial: { position: 0, velocity: 0 },
    step(body, [x]) {
      const velocity = addExact(body.velocity, acceleration(x, body.position));
      const position = addExact(body.position, velocity);
      return { state: { position, velocity }, y: [position] };
    },
  };
}

const magnetic: Task<readonly [Body, Body]> = {
  name: "Newton_Magnetic",
  description:
    "positions of a charged body in a magnetic field: vx += x1 - vy; vy += x2 + vx, both " +
    "from the old vx and vy; px += vx; py += vy; y = (px, py)",
  inputDim: 2,
  inputRange: [-10, 10],
  length: 10,
  outputDim: 2,
  gpt4TurboSolved: false,
  publishedProgramRight: false,
  initial: [
    { position: 0, velocity: 0 },
    { position: 0, velocity: 0 },
  ],
  step([first, second], [x1, x2]) {
    const velocity1 = addExact(first.velocity, subtractExact(x1, second.velocity));
    const velocity2 = addExact(second.velocity, addExact(x2, first.velocity));
    const position1 = addExact(first.position, velocity1);
    const position2 = addExact(second.position, velocity2);
    return {
      state: [
        { position: position1, velocity: velocity1 },
        { position: position2, velocity: velocity2 },
      ],
      y: [position1, position2],
    };
  },
};

/** Newton's law of motion for a body under four kinds of force. */
export const physicsTasks: readonly Task[] = [
  newton("Freebody", "position of a body under force x: v += x; p += v; y = p", (x) => x),
  newton("Gravity", "as Newton_Freebody with v += x - 1", (x) => x - 1),
  newton("Spring", "as Newton_Freebody with v += x - p", (x, position) =>
    subtractExact(x, position),
  ),
  magnetic,
];
