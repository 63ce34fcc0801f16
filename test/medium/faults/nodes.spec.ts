import { shortFaults } from '../../fault/short.js';

shortFaults(
  ['F1', 'F2', 'F3', 'F4', 'F21', 'F24', 'F25'],
  (fault) => `loses and doubles nothing: ${fault} (G1, G2, G3, G4, G5, G6, ERR-10)`,
);
