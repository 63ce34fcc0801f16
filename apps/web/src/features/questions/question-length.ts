/** As in the contract; a test holds them together, so that the page stays free of zod. */
export const QUESTION_LENGTH = 500;
