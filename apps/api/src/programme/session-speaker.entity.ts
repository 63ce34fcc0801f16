import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A speaker of a session; both are of the same event. */
@Entity('session_speaker')
@ForeignKey('session', ['eventId', 'sessionId'], ['eventId', 'id'], {
  name: 'session_speaker_event_id_session_id_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey('speaker', ['eventId', 'speakerId'], ['eventId', 'id'], {
  name: 'session_speaker_of_event',
  onDelete: 'CASCADE',
})
export class SessionSpeakerEntity {
  @Column('uuid', { name: 'event_id' })
  eventId: string;

  @PrimaryColumn('uuid', { name: 'session_id' })
  sessionId: string;

  @PrimaryColumn('uuid', { name: 'speaker_id' })
  speakerId: string;

  @Column('int', { default: 0 })
  position: number;
}
