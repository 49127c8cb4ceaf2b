export function wrapComments(text: string, width: number): string;
