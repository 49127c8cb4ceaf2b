export { type Directions, principalDirections, projectStates } from "@latticode/machines";
