/** A problem in words that its reader can act on: the launcher prints it without a stack. */
export class ExplainedError extends Error {
  readonly isExplained = true;

  constructor(
    message: string,
    /** The exit code of the command. */
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Why an outgoing call failed: the code of the operating system where there is one. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return codeOf(cause) ?? codeOf(error) ?? error.message;
}

/** The `code` of an error, as Node's own errors have one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
