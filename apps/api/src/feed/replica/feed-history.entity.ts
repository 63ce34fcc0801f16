import { Check, Column, Entity, Generated, PrimaryColumn } from 'typeorm';

/** One row: the history to which the versions of all feeds belong. */
@Entity('feed_history')
@Check('feed_history_is_only_check', 'is_only')
export class FeedHistoryEntity {
  @Column('uuid')
  @Generated('uuid')
  id: string;

  @PrimaryColumn('boolean', { name: 'is_only', default: true })
  isOnly: boolean;
}
