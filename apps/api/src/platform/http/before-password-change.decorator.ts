import { SetMetadata } from '@nestjs/common';

export const BEFORE_PASSWORD_CHANGE = Symbol('BEFORE_PASSWORD_CHANGE');

/** Opens a route to actors who have yet to replace the password they were given. */
export const BeforePasswordChange = () => SetMetadata(BEFORE_PASSWORD_CHANGE, true);
