import { Global, Module } from '@nestjs/common';
import { AuditRepository } from './audit.repository.js';

/** The log of acts. Global: every feature writes to it, and it knows none of them. */
@Global()
@Module({ providers: [AuditRepository], exports: [AuditRepository] })
export class AuditModule {}
