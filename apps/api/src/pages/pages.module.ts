import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import compression from 'compression';
import { IdentityModule } from '../identity/identity.module.js';
import { log } from '../platform/logging/log.js';
import { CONFIG, type Config } from '../config/config.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { pageAssets } from './page-assets.js';
import { PageHandler } from './page-handler.js';
import { PageTemplate } from './page-template.js';
import { PagesService } from './pages.service.js';
import { PosterController } from './poster.controller.js';
import { PosterDrawings } from './poster-drawings.js';
import { PosterService } from './poster.service.js';

/** Serves the built web app, with heads and a readable programme for clients without scripts; and posters. */
@Module({
  imports: [IdentityModule, ProgrammeModule],
  controllers: [PosterController],
  providers: [PagesService, PageHandler, PosterService, PosterDrawings],
})
export class PagesModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly handler: PageHandler,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Routes of the API come after this: their paths are passed through. */
  onModuleInit() {
    const template = PageTemplate.read(this.config.WEB_ROOT);
    if (!template)
      return log.info({ folder: this.config.WEB_ROOT }, 'the web app is not built; only the API is served');
    this.host.httpAdapter.use(compression(), ...pageAssets(this.config.WEB_ROOT), this.handler.serve(template));
  }
}
