import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** When a node last looked at all streams for all nodes: one row. */
@Entity('stream_sweep')
@Check('stream_sweep_one_check', 'one')
export class StreamSweepEntity {
  @PrimaryColumn('boolean', { default: true })
  one: boolean;

  @Column('timestamptz')
  at: Date;
}
