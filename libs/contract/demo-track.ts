/** The name of the tracks of the demo's drawn speaker: players leave its sound off until it is asked for. */
export const DEMO_TRACK = 'demo-stage';
