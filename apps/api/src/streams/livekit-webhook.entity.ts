import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A webhook that was received, so that each is handled once. */
@Entity('livekit_webhook')
export class LivekitWebhookEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  @Index('livekit_webhook_age')
  receivedAt: Date;
}
