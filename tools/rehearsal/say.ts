/** Progress goes to standard error: standard output has the report only. */
export const say = (text: string) => console.error(text);
