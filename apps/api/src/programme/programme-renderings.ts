import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CooperativeScheduler } from '#libs/socket-server/cooperative-scheduler';
import { AppError } from '../platform/errors/app-error.js';
import { bytesOf, type Encoded, encodeInSlices } from '../platform/http/encoded.js';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { Semaphore } from '../platform/concurrency/keyed-semaphore.js';
import { type EventEntity } from './event.entity.js';
import { type Programme } from './programme.js';
import { ProgrammeRepository } from './programme.repository.js';

/** Of all events together: an event of 5,000 sessions takes some 5 MB a form, a session some 3 KB. */
const AT_MOST = { max: 10_000, maxSize: 96 * 1024 * 1024 };
/** Programmes that are read and rendered at once, and readers that wait; further ones are refused as busy. */
const TURNS = { atOnce: 2, waiting: 200 };
/** The same for single sessions, which never wait for a whole programme. */
const SESSION_TURNS = { atOnce: 2, waiting: 500 };
const LANGUAGES_OF_EVENTS = 500;

/** One form of an event's programme. */
interface Form {
  /** The form, the language and the role; never a person. */
  readonly name: string;
  /** The input beside the programme, such as the day; another value replaces the entry. */
  readonly of?: string;
  /** The slug of the session that it is about; without one it is about the whole programme. */
  readonly session?: string;
}

interface Kept {
  readonly version: string;
  /** When reading the programme began: an earlier request gets what was committed before it. */
  readonly readFrom: number;
  readonly encoded: Encoded;
}

/**
 * Whole programmes as they are sent: read and rendered once for each stamp of the programme, and cached. A reader's event is read again
 * each time, with its stamp, so that a change has effect at once on every node and nobody reads an event that they may not see.
 */
@Injectable()
export class ProgrammeRenderings implements OnApplicationShutdown, KeepsEntries {
  private readonly kept = new LRUCache<string, Kept>({
    ...AT_MOST,
    sizeCalculation: ({ encoded }) => bytesOf(encoded),
  });
  private readonly rendering = new Map<string, Promise<Kept>>();
  private readonly turns = new Semaphore(TURNS.atOnce, TURNS.waiting);
  private readonly sessionTurns = new Semaphore(SESSION_TURNS.atOnce, SESSION_TURNS.waiting);
  private readonly slices = new CooperativeScheduler();
  private readonly languages = new LRUCache<string, { stamp: string; tags: ReadonlySet<string> }>({
    max: LANGUAGES_OF_EVENTS,
  });
  readonly counters = { rendered: 0 };

  constructor(private readonly programmes: ProgrammeRepository) {}

  onApplicationShutdown() {
    this.slices.close();
  }

  get size() {
    return { entries: this.kept.size, bytes: this.kept.calculatedSize, rendering: this.rendering.size };
  }

  countEntries() {
    return {
      'renderings.kept': this.kept.size,
      'renderings.made': this.rendering.size,
      'renderings.languages': this.languages.size,
    };
  }

  /** The current form. `event` is as the reader has just read it; the right to see it was checked before. */
  async read(event: EventEntity, form: Form, render: (programme: Programme) => Iterable<string>): Promise<Encoded> {
    const key = `${event.id} ${form.name} ${form.session ?? ''}`;
    const version = versionOf(event, form);
    const known = this.kept.get(key);
    if (known?.version === version) return known.encoded;
    const flight = `${key} ${version}`;
    let rendering = this.rendering.get(flight);
    if (!rendering) {
      rendering = this.render(event.id, key, form, render).finally(() => this.rendering.delete(flight));
      this.rendering.set(flight, rendering);
    }
    return (await rendering).encoded;
  }

  /** The language of this event's translations for a tag, as `translate` takes it; undefined for the original. */
  async languageOf(event: EventEntity, tag: string | undefined): Promise<string | undefined> {
    if (!tag) return undefined;
    const stamp = event.programmeStamp ?? '';
    let known = this.languages.get(event.id);
    if (!known || known.stamp !== stamp) {
      known = { stamp, tags: new Set(await this.programmes.languages(event.id)) };
      this.languages.set(event.id, known);
    }
    return [tag, tag.split('-')[0]!].find((one) => known.tags.has(one));
  }

  private render(
    eventId: string,
    key: string,
    form: Form,
    render: (programme: Programme) => Iterable<string>,
  ): Promise<Kept> {
    const askedAt = performance.now();
    const turns = form.session === undefined ? this.turns : this.sessionTurns;
    return turns.run(async () => {
      const known = this.kept.get(key);
      if (known && known.readFrom >= askedAt) return known; // another one read it while this one waited
      const readFrom = performance.now();
      const programme = await this.readProgramme(eventId, form);
      const encoded = await encodeInSlices(this.slices, render(programme));
      this.counters.rendered++;
      const made = { version: versionOf(programme.event, form), readFrom, encoded };
      this.kept.set(key, made);
      return made;
    });
  }

  private async readProgramme(eventId: string, { session }: Form): Promise<Programme> {
    const { programmes } = this;
    const programme = await (session === undefined
      ? programmes.readById(eventId)
      : programmes.readSessionBySlug(eventId, session));
    const noun = session === undefined ? 'event' : 'session';
    if (!programme) throw new AppError('not_found', { message: `There is no such ${noun}.` });
    return programme;
  }
}

const versionOf = ({ programmeStamp = '' }: EventEntity, { of = '' }: Form) => `${programmeStamp} ${of}`;
