import { type ExecutionContext, type INestApplicationContext } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { GuestPolicyCache } from '../../identity/actors/guest-policy-cache.js';
import { type AuthenticatedSocket } from '../../identity/access/request-actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { LIMITED } from '../../platform/rate-limit/limited.decorator.js';
import { type LimitName } from '../../platform/rate-limit/limit-rules.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { parsePayload } from '../../platform/http/validation.js';

type Schema = Parameters<typeof parsePayload>[0];

/** The metadata that Nest's decorators store about one parameter of a handler. */
interface ParameterNote {
  readonly index: number;
  readonly data?: unknown;
  readonly schema?: Schema;
  /** Of decorators such as `@CurrentActor()`. */
  readonly factory?: (data: unknown, context: ExecutionContext) => unknown;
}

type Argument = (socket: AuthenticatedSocket, payload: unknown) => unknown;
interface Route {
  readonly limit: LimitName | undefined;
  readonly run: (args: readonly unknown[]) => Promise<unknown>;
  readonly args: readonly Argument[];
}

/** Keys under which @nestjs/websockets stores its decorators' metadata; the kinds of parameters are in the keys of the metadata. */
const NOTES = { gateway: 'websockets:is_gateway', message: 'message', params: '__routeArguments__' };
const KIND = { socket: '0', payload: '3' };

/**
 * Every message of every gateway, resolved once: actor, limit, payload, then the handler. The same order and strictness as the guards and
 * pipes of HTTP, without an execution context, a chain of promises and a closure per handler and socket.
 */
export class SocketRoutes {
  private readonly routes = new Map<string, Route>();
  private readonly limits: RateLimiter;
  private readonly guests: GuestPolicyCache;

  constructor(app: INestApplicationContext) {
    this.limits = app.get(RateLimiter);
    this.guests = app.get(GuestPolicyCache);
    for (const module of app.get(ModulesContainer).values())
      for (const { instance, metatype } of module.providers.values())
        if (metatype && Reflect.hasMetadata(NOTES.gateway, metatype)) this.addGateway(instance as object);
  }

  async answer(socket: AuthenticatedSocket, message: string, payload: unknown): Promise<unknown> {
    const { actor, address } = socket.data;
    if (!actor) throw new AppError('auth.required');
    // The check that closes such a connection runs once a second: nothing counts in between.
    if (actor.token.expiresAt.getTime() <= Date.now()) throw new AppError('auth.expired');
    if (this.guests.isShutOut(actor)) throw new AppError('auth.guests_refused');
    if (actor.mustChangePassword) throw new AppError('auth.password_change_required');
    this.limits.take('message', { actor, address });
    const route = this.routes.get(message);
    if (!route) throw new AppError('request.invalid', { message: 'There is no such message.' });
    if (route.limit) this.limits.take(route.limit, { actor, address });
    return route.run(route.args.map((argument) => argument(socket, payload)));
  }

  private addGateway(gateway: object) {
    for (const name of new MetadataScanner().getAllMethodNames(Object.getPrototypeOf(gateway) as object)) {
      const handler = (gateway as Record<string, (...args: unknown[]) => Promise<unknown>>)[name];
      const message = handler && (Reflect.getMetadata(NOTES.message, handler) as string | undefined);
      if (!handler || message === undefined) continue;
      if (this.routes.has(message)) throw new Error(`two handlers for ${message}`);
      this.routes.set(message, {
        limit: Reflect.getMetadata(LIMITED, handler) as LimitName | undefined,
        run: (args) => handler.apply(gateway, [...args]),
        args: argumentsOf(gateway, name),
      });
    }
  }
}

function argumentsOf(gateway: object, method: string): Argument[] {
  const notes = (Reflect.getMetadata(NOTES.params, gateway.constructor, method) ?? {}) as Record<string, ParameterNote>;
  const args: Argument[] = [];
  for (const [key, note] of Object.entries(notes)) args[note.index] = argumentOf(key, note, `${method} of a gateway`);
  return args;
}

function argumentOf(key: string, { data, schema, factory }: ParameterNote, where: string): Argument {
  const [kind] = key.split(':');
  if (factory) return (socket) => factory(data, contextOf(socket));
  if (kind === KIND.socket) return (socket) => socket;
  if (kind === KIND.payload && schema) return (_, payload) => parsePayload(schema, payload);
  throw new Error(`a parameter of ${where} is not a socket and has no schema`);
}

/** The part of Nest's context that parameter decorators use. */
function contextOf(socket: AuthenticatedSocket): ExecutionContext {
  const context = { getType: () => 'ws', switchToWs: () => ({ getClient: () => socket }) };
  return context as unknown as ExecutionContext;
}
