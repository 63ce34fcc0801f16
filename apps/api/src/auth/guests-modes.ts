import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type GuestsMode } from '#libs/contract/programme';
import { log } from '../common/log.js';
import { ActorsRepository, type GuestsRule } from './actors.repository.js';

/** How often the list is read, in ms. */
const READ_EVERY = 1_000;

/**
 * What each event lets its guests do, as this node last read it: votes and ballots are judged without a query. Another node's
 * change counts here within a second.
 */
@Injectable()
export class GuestsModes implements OnModuleInit, OnModuleDestroy {
  private rules: ReadonlyMap<string, GuestsRule> = new Map();
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
    return this.rules.get(eventId)?.guests ?? 'open';
  }

  /** Whether the event takes no guests: whoever was one is nobody there. */
  isShut(eventId: string): boolean {
    return this.rules.get(eventId)?.isShut ?? false;
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
      const before = this.rules;
      this.rules = await this.actors.guestsRules();
      for (const eventId of changedBetween(before, this.rules))
        for (const listener of this.listeners) listener(eventId);
    } catch (err) {
      log.debug({ err }, 'the database cannot say what guests may do; it stays as it was');
    } finally {
      this.isReading = false;
    }
  }
}

type Rules = ReadonlyMap<string, GuestsRule>;

function changedBetween(before: Rules, now: Rules): string[] {
  const isOther = (a?: GuestsRule, b?: GuestsRule) => a?.guests !== b?.guests || a?.isShut !== b?.isShut;
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => isOther(before.get(id), now.get(id)));
}
