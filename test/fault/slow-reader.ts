import { type Stage } from './stage.js';

export async function readNothing(_stage: Stage): Promise<void> {}
