import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type ImportReport } from '#libs/contract/programme';
import { type ActorContext } from '../../auth/actor.js';
import { AppError } from '../../common/app-error.js';
import { CONFIG, type Config } from '../../config.js';
import { type SessionWrite, SessionWriter } from '../../feed/session-writer.js';
import { type EventEntity } from '../event.entity.js';
import { EventsService } from '../events.service.js';
import { refusing } from '../programme.refusals.js';
import { exportedSources } from './exported-sources.js';
import { type ImportPlan, planImport } from './import-plan.js';
import { Problems } from './problems.js';
import { readSchedule } from './read-schedule.js';
import { ScheduleRepository } from './schedule.repository.js';

export interface ImportOptions {
  /** Applies what can be used of a file with unusable parts. */
  readonly partial?: boolean;
  /** Says what an import would do and does nothing. */
  readonly dryRun?: boolean;
}

@Injectable()
export class ScheduleImportService {
  constructor(
    private readonly events: EventsService,
    private readonly schedules: ScheduleRepository,
    private readonly writer: SessionWriter,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async import(
    actor: ActorContext,
    eventSlug: string,
    readBody: () => Promise<unknown>,
    options: ImportOptions,
  ): Promise<ImportReport> {
    const event = await this.events.findToOrganise(actor, eventSlug);
    return this.importInto(event, await readBody(), options);
  }

  /** Brings the event's programme in line with a file, in one transaction; attendees' session feeds carry what changed. */
  async importInto(
    event: EventEntity,
    body: unknown,
    { partial = false, dryRun = false }: ImportOptions = {},
  ): Promise<ImportReport> {
    const ids = await this.schedules.sessionIds(event.id);
    const importing = this.writer.writeMany(ids, async (writes, manager) => {
      const problems = new Problems();
      const file = readSchedule(body, problems);
      const existing = await this.schedules.lock(manager, event);
      const plan = planImport(existing, exportedSources(existing, this.config.publicUrl), file, problems);
      const applied = !dryRun && (partial || !problems.hasErrors);
      if (applied) await this.apply(manager, writes, event, plan, file.version);
      return { applied, ...plan.report, problems: problems.toList() };
    });
    return (await refusing(importing)).result;
  }

  private async apply(
    manager: EntityManager,
    writes: readonly SessionWrite[],
    event: EventEntity,
    plan: ImportPlan,
    version: string,
  ) {
    await this.schedules.write(manager, event, plan, version);
    const locked = new Map(writes.map((write) => [write.session.id, write]));
    for (const { id } of plan.sessions.update) {
      const write = locked.get(id);
      if (!write) throw new AppError('busy', { message: 'The programme changed during the import.', retryAfter: 1 });
      write.sessionChanged();
    }
  }
}
