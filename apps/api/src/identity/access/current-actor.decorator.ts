import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { actorOf } from './request-actor.js';

/** The actor of this request or message: never null, except for people who are not signed in on a `@Public()` route. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context));
