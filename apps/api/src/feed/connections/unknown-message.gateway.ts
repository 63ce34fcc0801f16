import { SubscribeMessage } from '@nestjs/websockets';
import { ANY_OTHER_MESSAGE } from '#libs/socket-server/socket-requests';
import { AppError } from '../../platform/errors/app-error.js';
import { SocketGateway } from '../../platform/sockets/socket-gateway.decorator.js';

/** Messages that no gateway has: they count for the limits like all others. */
@SocketGateway()
export class UnknownMessageGateway {
  @SubscribeMessage(ANY_OTHER_MESSAGE)
  refuse(): never {
    throw new AppError('request.invalid', { message: 'There is no such message.' });
  }
}
