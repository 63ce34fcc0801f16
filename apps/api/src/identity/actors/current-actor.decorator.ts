import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { actorOf } from '../access/request-actor.js';

/** Who makes this request or sent this message: never null, except null for strangers on a `@Public()` route. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context));
