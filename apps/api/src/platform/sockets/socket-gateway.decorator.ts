import { applyDecorators, UseFilters, UseInterceptors } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { ErrorFilter } from '../http/error.filter.js';
import { AckInterceptor } from './ack.interceptor.js';

/**
 * A gateway of this hub: the global guards and the validation pipe run for its messages as for HTTP, and every message gets an ack with
 * what its handler returns or throws. Nest's global filters do not run for gateways.
 */
export const SocketGateway = () =>
  applyDecorators(WebSocketGateway(), UseFilters(ErrorFilter), UseInterceptors(AckInterceptor));
