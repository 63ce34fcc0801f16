import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { isReachable } from '#libs/livekit/reachable';
import { StreamsStatus } from '../platform/health/streams-status.js';
import { AppError } from '../platform/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { LIVEKIT, type LiveKit } from './livekit.provider.js';

/** Written by scripts/start.mjs while it finds, builds or starts LiveKit. */
const statusFile = z.object({ state: z.enum(['ready', 'preparing', 'unavailable']), reason: z.string().optional() });
export type StreamStatus = z.infer<typeof statusFile>;

/** How long a result is valid: every page requests it when it opens. */
const KEEP_MS = 2_000;

/** Seconds after which a browser retries while LiveKit is being prepared; building it takes about two minutes. */
const RETRY_PREPARING = 5;
const RETRY_UNAVAILABLE = 15;

/** Whether streams can be watched now. */
@Injectable()
export class StreamStatusService implements OnModuleInit {
  private last: StreamStatus = { state: 'unavailable' };
  private known: { readonly at: number; readonly status: Promise<StreamStatus> } | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'LIVEKIT_STATUS'>,
    @Inject(LIVEKIT) private readonly livekit: LiveKit | null,
    private readonly hub: StreamsStatus,
  ) {}

  /** `GET /api/hub` never waits for LiveKit: it returns the last result, and starts the next query. */
  async onModuleInit(): Promise<void> {
    this.hub.report(() => {
      void this.status();
      return this.last.state;
    });
    await this.status();
  }

  /** Never throws and never takes longer than three seconds. */
  status(): Promise<StreamStatus> {
    if (this.known && Date.now() - this.known.at < KEEP_MS) return this.known.status;
    const status = this.find().then((found) => (this.last = found));
    this.known = { at: Date.now(), status };
    return status;
  }

  /** The LiveKit server, when it is available; otherwise refuses with stream.preparing or stream.unavailable. */
  async ready(): Promise<LiveKit> {
    const { state, reason } = await this.status();
    if (state === 'preparing')
      throw new AppError('stream.preparing', {
        message: reason ?? 'The stream is being prepared.',
        retryAfter: RETRY_PREPARING,
      });
    if (state === 'unavailable' || !this.livekit)
      throw new AppError('stream.unavailable', {
        message: reason ?? 'There is no stream.',
        retryAfter: RETRY_UNAVAILABLE,
      });
    return this.livekit;
  }

  private async find(): Promise<StreamStatus> {
    const told = await this.readFile();
    if (told && told.state !== 'ready') return told;
    if (!this.livekit) return { state: 'unavailable', reason: 'No LiveKit server is configured.' };
    if (await isReachable(this.livekit.credentials.url)) return { state: 'ready' };
    return { state: 'unavailable', reason: 'The LiveKit server does not answer.' };
  }

  /** A missing or incomplete file gives no status. */
  private async readFile(): Promise<StreamStatus | null> {
    if (!this.config.LIVEKIT_STATUS) return null;
    const text = await readFile(this.config.LIVEKIT_STATUS, 'utf8').catch(() => '');
    try {
      return statusFile.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }
}
