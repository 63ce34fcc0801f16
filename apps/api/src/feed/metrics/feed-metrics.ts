import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../platform/metrics/metrics.js';
import { CONFIG, type Config } from '../../config/config.js';
import { FrameBroadcaster } from '../broadcast/frame-broadcaster.js';
import { JoiningService } from '../join/joining.service.js';
import { ServerReplicas } from '../replica/server-replicas.js';

type Counters = FrameBroadcaster['counters'] & ServerReplicas['counters'] & JoiningService['counters'];

/** Existing counters of the feed, by their Prometheus name. */
const COUNTERS: readonly (readonly [name: string, counter: keyof Counters, help: string])[] = [
  ['frames', 'frames', 'Frames that were rendered and encoded, once for all equal views.'],
  ['frame_recipients', 'recipients', 'Frames that were written to sockets.'],
  ['frame_bytes', 'bytes', 'Bytes of the frames that were written to sockets.'],
  ['frames_skipped', 'skipped', 'Frames that a socket did not get, because it had too much unsent data.'],
  ['sockets_caught_up', 'caughtUp', 'Sockets that got what they had missed in one frame, because they read again.'],
  ['slow_closes', 'slowCloses', 'Sockets that were closed because they did not read.'],
  ['ticks', 'ticks', 'Times that the changes of a session were sent.'],
  [
    'holes_repaired',
    'holesRepaired',
    'Changes that came from PostgreSQL, because a message between nodes was lost or late.',
  ],
  ['resyncs', 'resyncs', 'Joins that returned what changed since the version that the client had.'],
  ['snapshots', 'snapshots', 'Joins that returned the whole session.'],
  ['mirror_loads', 'loads', 'Sessions that were read whole from PostgreSQL.'],
];

/** The feed of this node, for the operator. */
@Injectable()
export class FeedMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly frames: FrameBroadcaster,
    private readonly mirrors: ServerReplicas,
    private readonly joining: JoiningService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'TICK_MS'>,
  ) {}

  onModuleInit(): void {
    const { metrics, frames } = this;
    for (const [name, counter, help] of COUNTERS)
      metrics.counter(`plenum_${name}_total`, help, () => this.counters()[counter]);
    metrics.counter(
      'plenum_tick_busy_seconds_total',
      'Seconds that sending frames kept the process busy.',
      () => frames.counters.busyMs / 1_000,
    );
    metrics.gauge(
      'plenum_viewers',
      'Connections that have joined a session; one that has joined two counts twice.',
      () => frames.sessions().reduce((sum, sessionId) => sum + frames.audienceOf(sessionId), 0),
    );
    metrics.gauge('plenum_sessions_watched', 'Sessions with viewers.', () => frames.sessions().length);
    metrics.gauge(
      'plenum_tick_seconds',
      'Seconds between two frames of a session, at present.',
      () => frames.counters.tickMs / 1_000,
    );
    metrics.gauge(
      'plenum_tick_stretch_ratio',
      'How many times longer the tick is than TICK_MS, because sending costs too much of a core; 1 is the setting.',
      () => frames.counters.tickMs / this.config.TICK_MS,
    );
  }

  private counters(): Counters {
    return { ...this.frames.counters, ...this.mirrors.counters, ...this.joining.counters };
  }
}
