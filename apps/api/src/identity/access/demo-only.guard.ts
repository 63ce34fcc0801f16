import { type CanActivate, Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error.js';
import { CONFIG, type Config } from '../../config/config.js';

/** Outside demo mode the route does not exist, regardless of the request. */
@Injectable()
export class DemoOnlyGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'DEMO'>) {}

  canActivate(): boolean {
    if (!this.config.DEMO) throw new AppError('not_found');
    return true;
  }
}
