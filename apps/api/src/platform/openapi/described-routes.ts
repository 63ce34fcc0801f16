import { type INestApplication, type Type } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { type ErrorCode } from '#libs/contract/errors';
import { BEFORE_PASSWORD_CHANGE } from '../http/before-password-change.decorator.js';
import { PUBLIC } from '../http/public.decorator.js';
import { REFUSES } from './api-describes.decorator.js';
import { LIMITED } from '../rate-limit/limited.decorator.js';

/** A route as the guards see it, and its own description. */
export interface DescribedRoute {
  readonly isPublic: boolean;
  readonly isBeforePasswordChange: boolean;
  readonly isLimited: boolean;
  readonly refuses: readonly ErrorCode[];
}

/** The name of an operation in the document. */
export const operationId = (controller: string, method: string) => `${controller.replace(/Controller$/, '')}_${method}`;

/** Every method of every controller by its operation id, from its decorators. */
export function describeRoutes(app: INestApplication): ReadonlyMap<string, DescribedRoute> {
  const reflector = app.get(Reflector);
  const routes = new Map<string, DescribedRoute>();
  for (const controller of controllersOf(app))
    for (const method of Object.getOwnPropertyNames(controller.prototype)) {
      const handler: unknown = (controller.prototype as Record<string, unknown>)[method];
      if (typeof handler === 'function')
        routes.set(operationId(controller.name, method), describe(reflector, [handler, controller]));
    }
  return routes;
}

function* controllersOf(app: INestApplication): Generator<Type> {
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) if (metatype) yield metatype as Type;
}

type Marked = Parameters<Reflector['getAllAndOverride']>[1];

function describe(reflector: Reflector, marked: Marked): DescribedRoute {
  const has = (mark: symbol) => Boolean(reflector.getAllAndOverride<unknown>(mark, marked));
  return {
    isPublic: has(PUBLIC),
    isBeforePasswordChange: has(BEFORE_PASSWORD_CHANGE),
    isLimited: has(LIMITED),
    refuses: reflector.getAllAndOverride<readonly ErrorCode[] | undefined>(REFUSES, marked) ?? [],
  };
}
