import { type ImportReport } from '#libs/contract/programme';
import { type EventEntity } from '../event.entity.js';
import { type Programme } from '../programme.js';
import { exportedSources } from './exported-sources.js';
import { planImport } from './import-plan.js';
import { parseJson } from './parse-json.js';
import { type PlanRows, rowsOf } from './plan-rows.js';
import { Problems } from './problems.js';
import { readSchedule } from './read-schedule.js';
import { refuseManyCancels } from './refuse-many-cancels.js';
import { type ScheduleFile } from './schedule-file.js';

export interface ImportOptions {
  /** Applies the usable parts of a file with unusable parts. */
  readonly partial?: boolean;
  /** Reports what an import would do and changes nothing. */
  readonly dryRun?: boolean;
  /** Cancels also more than a fifth of the scheduled sessions. */
  readonly allowCancel?: boolean;
}

/** The input of a plan, beside the file. */
export interface PlanRequest {
  readonly event: EventEntity;
  /** Rooms, sessions and speakers as JSON, as the database wrote it: only the thread parses it. */
  readonly programme: string;
  readonly publicUrl: string;
  readonly options: ImportOptions;
}

export interface PlannedImport {
  readonly report: ImportReport;
  /** Absent when nothing is to be written. */
  readonly rows?: PlanRows;
}

/** The CPU-bound work of one import: reads the file once, and plans it for each attempt of the transaction. */
export class ImportJob {
  private constructor(
    private readonly file: ScheduleFile,
    private readonly found: Problems,
  ) {}

  static read(bytes: Uint8Array): ImportJob {
    const problems = new Problems();
    return new ImportJob(readSchedule(parseJson(bytes), problems), problems);
  }

  plan({ event, programme, publicUrl, options }: PlanRequest): PlannedImport {
    const existing = reviveProgramme(event, programme);
    const problems = this.found.copy();
    const plan = planImport(existing, exportedSources(existing, publicUrl), this.file, problems);
    const applied = !options.dryRun && (options.partial === true || !problems.hasErrors);
    refuseManyCancels(existing, plan.report, { isRefused: applied && !options.allowCancel }, problems);
    return {
      report: { applied, ...plan.report, problems: problems.toList() },
      ...(applied && { rows: rowsOf(existing, plan, this.file.version) }),
    };
  }
}

/** The programme with its dates, from the JSON of the database. */
function reviveProgramme(event: EventEntity, json: string): Programme {
  const { rooms, sessions, speakers } = JSON.parse(json) as Omit<Programme, 'event'>;
  const revived = sessions.map((session) => ({
    ...session,
    start: new Date(session.start),
    end: new Date(session.end),
  }));
  return { event, rooms, sessions: revived, speakers };
}
