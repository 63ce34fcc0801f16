import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { backoff } from '#libs/retry/backoff';
import { DemoStageStatus } from '../../platform/health/demo-stage-status.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { log } from '../../platform/logging/log.js';
import { CONFIG, type Config } from '../../config/config.js';
import { ADVISORY_LOCKS, tryAdvisoryLock } from '../../platform/database/advisory-locks.js';
import { DemoSpeakerService } from './demo-speaker.service.js';
import { isRtcNodeInstalled } from './rtc-node.js';
import { StageChild } from './stage-child.js';
import { STAGE_EXIT } from './stage-messages.js';

const TURN_MS = 1_000;
/** A process that ran shorter than this has failed; the next one is started with a longer delay each time. */
const SHORT_LIFE_MS = 30_000;
const PAUSE_MS = { first: 500, most: 30_000 };

/**
 * Keeps the synthetic speaker of the demo on air in the live plenary: a separate process, of one node and one worker only, which ends
 * with the hub and restarts after LiveKit did. Does nothing unless DEMO_STAGE is on.
 */
@Injectable()
export class DemoStageService implements OnApplicationBootstrap, OnApplicationShutdown {
  private child: StageChild | null = null;
  private lead: QueryRunner | null = null;
  private failures = 0;
  private notBefore = 0;
  private readonly looking = new PeriodicTask('demo-speaker', () => this.look(), {
    everyMs: TURN_MS,
    onError: (err) => log.warn({ err }, 'the speaker of the demo has to wait'),
  });

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'DEMO_STAGE' | 'PLENUM_WORKER'>,
    private readonly source: DataSource,
    private readonly speaker: DemoSpeakerService,
    private readonly status: DemoStageStatus,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.DEMO_STAGE) return;
    const isInstalled = isRtcNodeInstalled();
    this.status.report(isInstalled ? 'on' : 'not-installed');
    if (isInstalled && (this.config.PLENUM_WORKER ?? 1) === 1) this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
    await this.child?.stop();
    await this.lead?.release();
  }

  private async look(): Promise<void> {
    if (!(await this.leads())) return;
    if (this.child) {
      if (!(await this.speaker.isWanted())) await this.child.stop();
    } else if (Date.now() >= this.notBefore) {
      const invitation = await this.speaker.invite();
      if (invitation) this.follow(new StageChild(invitation));
    }
  }

  /** Several nodes of one demo: the node that holds the lock runs the speaker; the lock ends with its connection. */
  private async leads(): Promise<boolean> {
    if (this.lead && !this.lead.isReleased) return true;
    this.lead = await tryAdvisoryLock(this.source, ADVISORY_LOCKS.demoStage);
    return this.lead !== null;
  }

  private follow(child: StageChild): void {
    const began = Date.now();
    this.child = child;
    void child.ended.then((code) => {
      this.child = null;
      this.failures = Date.now() - began < SHORT_LIFE_MS ? this.failures + 1 : 0;
      this.notBefore = Date.now() + (this.failures === 0 ? 0 : backoff(PAUSE_MS, this.failures - 1));
      if (code === STAGE_EXIT.notInstalled) this.giveUp();
    });
  }

  private giveUp(): void {
    void this.looking.stop();
    this.status.report('not-installed');
  }
}
