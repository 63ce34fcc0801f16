/** The header of responses that depend on the reader: no cache shares them, and browsers revalidate with the ETag. */
export const REVALIDATED = ['Cache-Control', 'private, no-cache'] as const;
