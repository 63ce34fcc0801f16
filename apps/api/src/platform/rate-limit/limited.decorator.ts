import { SetMetadata } from '@nestjs/common';
import { type LimitName } from './limit-rules.js';

export const LIMITED = Symbol('LIMITED');

/** Limits how often one actor, and everybody behind one address, may call this. Where not every call counts as one, the service counts. */
export const Limited = (name: LimitName) => SetMetadata(LIMITED, name);
