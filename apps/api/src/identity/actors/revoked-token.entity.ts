import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A token that was revoked before it expires. */
@Entity('revoked_token')
export class RevokedTokenEntity {
  @PrimaryColumn('uuid')
  jti: string;

  @Column('uuid', { name: 'actor_id' })
  @ForeignKey('actor', { name: 'revoked_token_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;

  @Column('timestamptz', { default: () => 'now()' })
  @Index('revoked_token_at')
  at: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('revoked_token_expiry')
  expiresAt: Date;
}
