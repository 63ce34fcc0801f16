import { parentPort } from 'node:worker_threads';
import { type PosterColours } from './poster.js';
import { drawPng } from './poster-png.js';

/** The request to the thread: draw the poster of these colours; it posts the bytes of the picture. */
export interface DrawRequest {
  readonly colours: readonly PosterColours[];
}

parentPort?.on('message', ({ colours }: DrawRequest) => {
  const picture = drawPng(colours);
  parentPort?.postMessage(picture, [picture.buffer]);
});
