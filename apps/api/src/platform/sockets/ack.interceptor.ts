import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { SharedAnswer } from '#libs/socket-server/shared-answer';

/** What the handler of a message returns is the data of its ack. */
@Injectable()
export class AckInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => (data instanceof SharedAnswer ? data : { ok: true, data })));
  }
}
