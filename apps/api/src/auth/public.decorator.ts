import { SetMetadata } from '@nestjs/common';

export const PUBLIC = Symbol('PUBLIC');

/** Opens a route to people who are not signed in; everything else is closed. `@CurrentActor()` may be null there. */
export const Public = () => SetMetadata(PUBLIC, true);
