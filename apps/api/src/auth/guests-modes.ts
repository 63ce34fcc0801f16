import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type GuestsMode } from '#libs/contract/programme';
import { log } from '../common/log.js';
import { ActorsRepository } from './actors.repository.js';

/** How often the list is read, in ms. */
const READ_EVERY = 1_000;

/**
 * What each event lets its guests do, as this node last read it: votes and ballots are judged without a query. Another node's
 * change counts here within a second.
 */
@Injectable()
export class GuestsModes implements OnModuleInit, OnModuleDestroy {
  private modes: ReadonlyMap<string, GuestsMode> = new Map();
  private turn: Promise<void> = Promise.resolve();
  private isReading = false;
  private timer?: NodeJS.Timeout;

  constructor(private readonly actors: ActorsRepository) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => {
      if (!this.isReading) void this.refresh();
    }, READ_EVERY).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.turn;
  }

  of(eventId: string): GuestsMode {
    return this.modes.get(eventId) ?? 'open';
  }

  /** Resolves when this node knows what was committed before: one reading at a time, so that an older one never comes last. */
  refresh(): Promise<void> {
    this.turn = this.turn.then(() => this.read());
    return this.turn;
  }

  private async read() {
    this.isReading = true;
    try {
      this.modes = await this.actors.guestsModes();
    } catch (err) {
      log.debug({ err }, 'the database cannot say what guests may do; it stays as it was');
    } finally {
      this.isReading = false;
    }
  }
}
