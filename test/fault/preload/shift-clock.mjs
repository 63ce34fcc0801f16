// A clock that is wrong by CLOCK_SHIFT ms, and jumps back by twice as much at SIGWINCH. Loaded before a node by the fault tests.
const RealDate = Date;
let shift = Number(process.env.CLOCK_SHIFT);
process.on('SIGWINCH', () => (shift -= 2 * Number(process.env.CLOCK_SHIFT)));

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length > 0 ? args : [RealDate.now() + shift]));
  }

  static now() {
    return RealDate.now() + shift;
  }
};
