import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Liveness, liveness, type Readiness, readiness } from '#libs/contract/health';
import { Public } from '../http/public.decorator.js';
import { ApiReturns } from '../openapi/api-returns.decorator.js';
import { HealthService } from './health.service.js';
import { ApiDescribes } from '../openapi/api-describes.decorator.js';

/** For load balancers and start-up scripts. */
@Public()
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** The process responds; restarting it would not help with anything else. */
  @ApiDescribes('Whether the process answers')
  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiReturns(liveness)
  live(): Liveness {
    return { status: 'live' };
  }

  @ApiDescribes('Whether this node can serve')
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiReturns(readiness)
  ready(): Promise<Readiness> {
    return this.health.readiness();
  }
}
