/** A problem told in words its reader can act on: printed without a stack. */
export class Explained extends Error {
  isExplained = true;
}
