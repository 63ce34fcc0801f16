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
  private readonly listeners = new Set<(eventId: string) => void>();
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

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  of(eventId: string): GuestsMode {
    return this.modes.get(eventId) ?? 'open';
  }

  /** Hears of each event whose guests may do something else than before; answers a function that stops it. Listeners must not wait. */
  onChange(listener: (eventId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when this node knows what was committed before: one reading at a time, so that an older one never comes last. */
  refresh(): Promise<void> {
    this.turn = this.turn.then(() => this.read());
    return this.turn;
  }

  private async read() {
    this.isReading = true;
    try {
      const before = this.modes;
      this.modes = await this.actors.guestsModes();
      for (const eventId of changedBetween(before, this.modes))
        for (const listener of this.listeners) listener(eventId);
    } catch (err) {
      log.debug({ err }, 'the database cannot say what guests may do; it stays as it was');
    } finally {
      this.isReading = false;
    }
  }
}

function changedBetween(before: ReadonlyMap<string, GuestsMode>, now: ReadonlyMap<string, GuestsMode>): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((eventId) => before.get(eventId) !== now.get(eventId));
}
