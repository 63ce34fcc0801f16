import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** The address of a request or a socket, as the guard determined it: for limits only, never stored or logged. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext) => addressIn(context));

export function addressIn(context: ExecutionContext): string | undefined {
  if (context.getType() === 'ws') return context.switchToWs().getClient<{ data: { address?: string } }>().data.address;
  return context.switchToHttp().getRequest<{ address?: string }>().address;
}
