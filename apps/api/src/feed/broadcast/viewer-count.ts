import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Bus } from '#libs/bus/bus';
import { BUS } from '../../platform/cluster/bus.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { FrameBroadcaster } from './frame-broadcaster.js';
import { ServerReplicas } from '../replica/server-replicas.js';

const TOPIC = 'viewers';
/** How often each node publishes its number of viewers, in ms: the number is a sample, not a vote. */
const EVERY = 2_000;
/** A node that publishes nothing for this long is not counted, in ms. */
const FORGOTTEN = 8_000;

interface Sample {
  readonly node: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Counts connections per session over all nodes. */
@Injectable()
export class ViewerCount implements OnApplicationShutdown, KeepsEntries {
  private readonly node = randomUUID();
  private readonly samples = new Map<string, Sample & { at: number }>();
  private readonly stopListening: () => void;
  private readonly sampling = new PeriodicTask('viewers', () => this.sample(), { everyMs: EVERY }).start();

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly sender: FrameBroadcaster,
    private readonly mirrors: ServerReplicas,
  ) {
    this.stopListening = bus.subscribe(TOPIC, (message) => this.receive(message as Sample));
  }

  countEntries() {
    return { 'viewers.nodes': this.samples.size };
  }

  onApplicationShutdown(): void {
    void this.sampling.stop();
    this.stopListening();
  }

  private sample() {
    const counts = Object.fromEntries(
      this.sender.sessions().map((sessionId) => [sessionId, this.sender.audienceOf(sessionId)]),
    );
    this.mirrors.dropIdle((sessionId) => (counts[sessionId] ?? 0) > 0);
    this.bus.publish(TOPIC, { node: this.node, counts } satisfies Sample);
    this.tell();
  }

  private receive(sample: Sample) {
    this.samples.set(sample.node, { ...sample, at: Date.now() });
  }

  private tell() {
    const totals = new Map<string, number>();
    for (const [node, { at, counts }] of this.samples) {
      if (Date.now() - at > FORGOTTEN) this.samples.delete(node);
      else for (const [id, n] of Object.entries(counts)) totals.set(id, (totals.get(id) ?? 0) + n);
    }
    this.sender.setViewers(totals);
  }
}
