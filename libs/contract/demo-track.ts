/** The name of the tracks of the demo's synthetic speaker: players mute it until its sound is turned on. */
export const DEMO_TRACK = 'demo-stage';
