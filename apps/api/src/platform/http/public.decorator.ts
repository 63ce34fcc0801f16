import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

export const PUBLIC = Symbol('PUBLIC');

/** Opens a route to people who are not signed in; everything else is closed. `@CurrentActor()` may be null there. */
export const Public = () => applyDecorators(SetMetadata(PUBLIC, true), ApiSecurity({}));
