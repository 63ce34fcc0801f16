import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, type Page } from 'playwright-core';
import type * as LiveKitClient from 'livekit-client';

const SCRIPT = fileURLToPath(
  new URL('../../../node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url),
);

interface StreamWindow {
  LivekitClient: typeof LiveKitClient;
  room: LiveKitClient.Room;
  ended?: number;
  document: {
    body: { append(element: unknown): void };
    querySelector(selector: string): { currentTime: number } | null;
  };
}

/** A participant of a LiveKit room with a real browser and a camera that shows a moving picture. */
export interface StreamPage {
  readonly page: Page;
  /** Publishes camera and microphone; returns why that failed, null when it did not. */
  publish(): Promise<string | null>;
  /** The reason for which LiveKit closed the connection, null while it is open. */
  ended(): Promise<number | null>;
  /** How many tracks the person sends. */
  sends(): Promise<number>;
  /** Seconds of video that were played, of the first picture that arrived. */
  played(): Promise<number>;
  leave(): Promise<void>;
}

/** Opens pages for people with tokens; an empty site on loopback serves the pages, so that cameras may be used. */
export async function streamPages(browser: Pick<BrowserContext, 'newPage'>) {
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>stream</title>');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;

  /** `within`: how long it waits for media, in ms; LiveKit's client reports late that it was removed before there were any. */
  async function join({ url, token }: { url: string; token: string }, within = 15_000): Promise<StreamPage> {
    const page = await browser.newPage();
    await page.goto(address);
    await page.addScriptTag({ path: SCRIPT });
    await page.evaluate(connect, { url, token, within });
    return {
      page,
      publish: () => page.evaluate(publish),
      ended: () => page.evaluate(() => (globalThis as unknown as StreamWindow).ended ?? null),
      sends: () =>
        page.evaluate(() => (globalThis as unknown as StreamWindow).room.localParticipant.trackPublications.size),
      played: () =>
        page.evaluate(() => (globalThis as unknown as StreamWindow).document.querySelector('video')?.currentTime ?? 0),
      leave: () => page.close(),
    };
  }
  return { join, close: () => new Promise((resolve) => site.close(resolve)) };
}

async function connect({ url, token, within }: { url: string; token: string; within: number }): Promise<void> {
  const here = globalThis as unknown as StreamWindow;
  const { Room, RoomEvent } = here.LivekitClient;
  here.room = new Room();
  here.room.on(RoomEvent.Disconnected, (reason) => (here.ended = reason ?? 0));
  here.room.on(RoomEvent.TrackSubscribed, (track) => here.document.body.append(track.attach()));
  await here.room.connect(url, token, { maxRetries: 0, peerConnectionTimeout: within });
}

async function publish(): Promise<string | null> {
  const { room } = globalThis as unknown as StreamWindow;
  try {
    await room.localParticipant.enableCameraAndMicrophone();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  }
}
