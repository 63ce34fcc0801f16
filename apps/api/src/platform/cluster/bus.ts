/** The injection token of the Bus (libs/bus) that carries messages between this hub's nodes. */
export const BUS = Symbol('BUS');
