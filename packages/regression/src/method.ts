/** How programs are looked for; see `readProgram`. */
export const methods = ["default", "white-box", "black-box", "paper"] as const;
export type Method = (typeof methods)[number];

/** What a program is found from: hidden states, behaviour alone, or the paper's way. */
export type Route = "white-box" | "black-box" | "paper";

/** The routes of each method, in the order in which they are searched. */
export const routesOf: Readonly<Record<Method, readonly Route[]>> = {
  default: ["white-box", "black-box"],
  "white-box": ["white-box"],
  "black-box": ["black-box"],
  paper: ["paper"],
};
