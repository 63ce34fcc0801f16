import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type ImportReport } from '#libs/contract/programme';
import { type ActorContext } from '../../identity/actors/actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { CONFIG, type Config } from '../../config/config.js';
import { SessionWriter } from '../../feed/write/session-writer.js';
import { type EventEntity } from '../event.entity.js';
import { EventsService } from '../events.service.js';
import { refusing } from '../programme.refusals.js';
import { type ImportOptions, type PlannedImport } from './import-job.js';
import { ImportThread, type Planner } from './import-thread.js';
import { ScheduleRepository } from './schedule.repository.js';

/** How often an import is planned again because one of its sessions was changed meanwhile. */
const ATTEMPTS = 4;

@Injectable()
export class ScheduleImportService {
  constructor(
    private readonly events: EventsService,
    private readonly schedules: ScheduleRepository,
    private readonly writer: SessionWriter,
    private readonly thread: ImportThread,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Updates the event's programme from a file, in one transaction; the session feeds carry the changes. */
  async import(
    actor: ActorContext,
    eventSlug: string,
    readBody: () => Promise<Uint8Array<ArrayBuffer>>,
    options: ImportOptions,
  ): Promise<ImportReport> {
    const event = await this.events.findToOrganise(actor, eventSlug);
    return this.thread.run(event.id, await readBody(), async (plan) => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const report = await refusing(this.attempt(event, plan, options));
        if (report) return report;
      }
      throw new AppError('busy', { message: 'The programme changed during the import.', retryAfter: 1 });
    });
  }

  /**
   * Plans under the lock of the event's row, which votes do not need, and locks sessions only to write them. Returns null, with nothing
   * written, when a session changed between the two.
   */
  private async attempt(event: EventEntity, plan: Planner, options: ImportOptions): Promise<ImportReport | null> {
    let planned!: PlannedImport;
    const prepare = async (manager: EntityManager) => {
      const programme = await this.schedules.lock(manager, event.id);
      planned = await plan({ event, programme, publicUrl: this.config.publicUrl, options });
      if (planned.rows) await this.schedules.insert(manager, planned.rows);
      return planned.rows?.updatedIds ?? [];
    };
    const writing = this.writer.writeMany(prepare, async (writes, manager) => {
      if (!planned.rows) return;
      if (!(await this.schedules.update(manager, event, planned.rows))) throw new StalePlan();
      for (const write of writes) write.sessionChanged();
    });
    try {
      await writing;
      return planned.report;
    } catch (error) {
      if (error instanceof StalePlan) return null;
      throw error;
    }
  }
}

/** A session changed since the import was planned; rolls the transaction back. */
class StalePlan extends Error {}
