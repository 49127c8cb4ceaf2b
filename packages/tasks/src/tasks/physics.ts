import { column, defineTask, neither, pair, program } from "../definition.ts";
import { addExact, type Integer, subtractExact } from "../integer.ts";
import type { Task } from "../task.ts";

// A body of unit mass under a force, in unit steps of time: velocity first, then position. The
// magnetic task grows like 2^(length / 2) and leaves the safe integers near length 100, so all of
// it is exact.

interface Body {
  readonly position: Integer;
  readonly velocity: Integer;
}

const atRest: Body = { position: 0, velocity: 0 };

/** The body after a unit of time under an acceleration. */
function moved(body: Body, acceleration: Integer): Body {
  const velocity = addExact(body.velocity, acceleration);
  return { position: addExact(body.position, velocity), velocity };
}

function newton(
  force: string,
  description: string,
  acceleration: (x: number, position: Integer) => Integer,
): Task<Body> {
  return defineTask(`Newton_${force}`, description, column(-10, 10), program, {
    initial: atRest,
    step(body, [x]) {
      const state = moved(body, acceleration(x, body.position));
      return { state, y: [state.position] };
    },
  });
}

const magnetic = defineTask<readonly [Body, Body]>(
  "Newton_Magnetic",
  "positions of a charged body in a magnetic field: vx += x1 - vy; vy += x2 + vx, both " +
    "from the old vx and vy; px += vx; py += vy; y = (px, py)",
  { ...pair(-10, 10), outputDim: 2 },
  neither,
  {
    initial: [atRest, atRest],
    step([first, second], [x1, x2]) {
      const one = moved(first, subtractExact(x1, second.velocity));
      const two = moved(second, addExact(x2, first.velocity));
      return { state: [one, two], y: [one.position, two.position] };
    },
  },
);

/** Newton's law of motion for a body under four kinds of force. */
export const physicsTasks: readonly Task[] = [
  newton("Freebody", "position of a body under force x: v += x; p += v; y = p", (x) => x),
  newton("Gravity", "as Newton_Freebody with v += x - 1", (x) => x - 1),
  newton("Spring", "as Newton_Freebody with v += x - p", (x, position) =>
    subtractExact(x, position),
  ),
  magnetic,
];
