import { SetMetadata } from '@nestjs/common';
import { type LimitName } from './limits.js';

export const LIMITED = Symbol('LIMITED');

/** What a route or a message counts against. */
export interface LimitedBy {
  readonly name: LimitName;
  /** `address` where the service counts the actor itself, because not every call costs one. */
  readonly per: 'both' | 'address';
}

/** Limits how often one actor, and everybody behind one address, may call this. */
export const Limited = (name: LimitName, per: LimitedBy['per'] = 'both') =>
  SetMetadata(LIMITED, { name, per } satisfies LimitedBy);
