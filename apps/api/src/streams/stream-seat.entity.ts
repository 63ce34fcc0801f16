import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An actor who was ever given a token for a stream: where to look for them when they lose a right. */
@Entity('stream_seat')
export class StreamSeatEntity {
  @PrimaryColumn('uuid', { name: 'actor_id' })
  @ForeignKey('actor', { name: 'stream_seat_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;

  @PrimaryColumn('uuid', { name: 'room_id' })
  @Index('stream_seat_room')
  @ForeignKey('room', { name: 'stream_seat_room_id_fkey', onDelete: 'CASCADE' })
  roomId: string;
}
