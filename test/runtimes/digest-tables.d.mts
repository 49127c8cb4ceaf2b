import type { Results } from "./suite.ts";

export function digestTables(results: Pick<Results, "kernels" | "tasks">): string;
export function tablesIn(text: string): string;
export function withTables(text: string, tables: string): string;
