/** The header of answers that depend on who looks: no cache shares them, and browsers ask again with the ETag. */
export const REVALIDATED = ['Cache-Control', 'private, no-cache'] as const;
