import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A proof of work that created a guest, until it expires: each does so once. */
@Entity('used_proof')
export class UsedProofEntity {
  @PrimaryColumn('text')
  token: string;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('used_proof_expires')
  expiresAt: Date;
}
