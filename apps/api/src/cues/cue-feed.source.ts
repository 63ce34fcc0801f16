import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Cue } from '#libs/contract/cue';
import { FeedService } from '../feed/feed.service.js';
import { type FeedSource, type View } from '../feed/feed-kind.js';
import { type CueRecord } from './cue-record.js';
import { presentCue } from './cue.presenter.js';
import { CueRepository } from './cue.repository.js';

/** The messages to the speakers in the session feed. */
@Injectable()
export class CueFeedSource implements FeedSource<'cues', CueRecord>, OnModuleInit {
  readonly kind = 'cues';

  constructor(
    private readonly feed: FeedService,
    private readonly cues: CueRepository,
  ) {}

  onModuleInit() {
    this.feed.register(this);
  }

  since(manager: EntityManager, sessionId: string, version: number): Promise<CueRecord[]> {
    return this.cues.findChanged(manager, sessionId, version);
  }

  present(record: CueRecord, view: View): Cue | null {
    return presentCue(record, view);
  }
}
