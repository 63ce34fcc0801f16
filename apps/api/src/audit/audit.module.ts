import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditRepository } from './audit.repository.js';
import { ModerationEntity } from './moderation.entity.js';

/** The log of acts. Global: every feature writes to it, and it knows none of them. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ModerationEntity])],
  providers: [AuditRepository],
  exports: [AuditRepository],
})
export class AuditModule {}
