import { describe, expect, it } from '@jest/globals';
import { type INestApplicationContext } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { GuestPolicyCache } from '../../identity/actors/guest-policy-cache.js';
import { type AuthenticatedSocket } from '../../identity/access/request-actor.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { SocketRoutes } from './socket-routes.js';

const FAILURE = new Error('a word of why');

@WebSocketGateway()
class Broken {
  @SubscribeMessage('throws')
  throws(): Promise<unknown> {
    throw FAILURE;
  }

  @SubscribeMessage('rejects')
  async rejects(): Promise<unknown> {
    return Promise.reject(FAILURE);
  }
}

const gateways = new Map([['Broken', { instance: new Broken(), metatype: Broken }]]);
const parts = new Map<unknown, unknown>([
  [RateLimiter, { take: () => undefined }],
  [GuestPolicyCache, { isShutOut: () => false }],
  [ModulesContainer, new Map([['module', { providers: gateways }]])],
]);
const routes = new SocketRoutes({ get: (token: unknown) => parts.get(token) } as unknown as INestApplicationContext);
const actor = { token: { expiresAt: new Date(Date.now() + 60_000) } };
const socket = { data: { actor, address: '::1' } } as unknown as AuthenticatedSocket;

describe('a handler of messages', () => {
  it.each(['throws', 'rejects'])('that %s rejects the answer, and nothing else (SEC-41)', async (message) => {
    const answer = routes.answer(socket, message, {});
    await expect(answer).rejects.toBe(FAILURE);
  });
});
