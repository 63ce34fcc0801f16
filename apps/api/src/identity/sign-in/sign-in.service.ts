import { Injectable } from '@nestjs/common';
import { type z } from 'zod';
import { type demoSignIn, type guestSignIn, type SignedIn } from '#libs/contract/auth';
import { AppError } from '../../platform/errors/app-error.js';
import { type ActorContext, presentActor } from '../actors/actor.js';
import { ActorEvents } from '../actors/actor-events.js';
import { type ActorDraft, ActorsRepository } from '../actors/actors.repository.js';
import { guestRefusal } from '../access/auth.policy.js';
import { newDevice } from '../guests/device-cookie.js';
import { NewGuests } from '../guests/new-guests.service.js';
import { TokenService } from '../tokens/token.service.js';

/** What a sign-in answers, and until when its cookie lives. */
export interface FreshSignIn {
  readonly signedIn: SignedIn;
  readonly expiresAt: Date;
  /** The value of the device's cookie, where the event keeps devices. */
  readonly device?: string;
}

/** Who signs in as a guest, and from where. */
export interface GuestVisit {
  readonly current: ActorContext | null;
  readonly device?: string;
  readonly address?: string;
}

/** Somebody who signs in as what they are; with the token that their browser has of it. */
type Known = Pick<ActorContext, 'id' | 'name'> & Partial<Pick<ActorContext, 'token'>>;

/** Makes people guests and demo actors, and gives every kind of actor their token. */
@Injectable()
export class SignInService {
  constructor(
    private readonly actors: ActorsRepository,
    private readonly events: ActorEvents,
    private readonly tokens: TokenService,
    private readonly newGuests: NewGuests,
  ) {}

  async asGuest(
    { event: slug, name, proof }: z.output<typeof guestSignIn>,
    { current, address, device = newDevice() }: GuestVisit,
  ): Promise<FreshSignIn> {
    const event = await this.actors.findEvent(slug);
    const refusal = guestRefusal(event?.access);
    if (!event || refusal) throw new AppError(refusal ?? 'not_found');
    const draft = { kind: 'guest', eventId: event.id, role: 'guest', name: name ?? null } as const;
    const same = isSame(draft, current) ? current : null;
    if (!event.guestDevices)
      return this.become(draft, same, () => this.newGuests.make(draft, event, { proof, address }));
    const kept = await this.newGuests.findKept(event.id, device);
    if (same && !kept) await this.newGuests.keep(event.id, device, same.id);
    const make = () => this.newGuests.make(draft, event, { proof, address, device });
    return { ...(await this.become(draft, same ?? kept, make)), device };
  }

  async asDemo(
    { event: slug, role, name }: z.output<typeof demoSignIn>,
    current: ActorContext | null,
  ): Promise<FreshSignIn> {
    const event = slug === undefined ? null : await this.actors.findEvent(slug);
    if (slug !== undefined && !event) throw new AppError('not_found');
    const draft = { kind: 'demo', eventId: event?.id ?? null, role, name: name ?? null } as const;
    return this.become(draft, isSame(draft, current) ? current : null, () => this.actors.create(draft));
  }

  /** A token for an actor who has proven who they are, or was made by the hub itself; of a sign-in that goes on, if it is named. */
  async issue(actorId: string, at = new Date(), signInId?: string): Promise<FreshSignIn> {
    const stored = await this.actors.findById(actorId);
    if (!stored) throw new AppError('auth.invalid');
    const { token, claims } = await this.tokens.sign(actorId, at, signInId);
    return { signedIn: { token, actor: presentActor({ ...stored, token: claims }) }, expiresAt: claims.expiresAt };
  }

  /** A new token in the second half of the old one's life, so that a guest stays the same voter for the days of an event. */
  async renew({ id, token: { id: signInId, issuedAt, expiresAt } }: ActorContext): Promise<FreshSignIn | null> {
    const now = new Date();
    const isYoung = !issuedAt || now.getTime() - issuedAt.getTime() < expiresAt.getTime() - now.getTime();
    return isYoung ? null : this.issue(id, now, signInId);
  }

  /** Whoever signs in again as what they are stays who they are, so that their votes stay one person's. */
  private async become({ name }: ActorDraft, known: Known | null, make: () => Promise<string>): Promise<FreshSignIn> {
    if (!known) return this.issue(await make());
    if (name !== null && name !== known.name) await this.rename(known.id, name);
    return this.issue(known.id, new Date(), known.token?.id);
  }

  private async rename(actorId: string, name: string): Promise<void> {
    await this.actors.rename(actorId, name);
    this.events.publish({ kind: 'renamed', actorId, at: new Date().toISOString() });
  }
}

function isSame({ kind, eventId, role }: ActorDraft, current: ActorContext | null): boolean {
  return current?.kind === kind && current.eventId === eventId && current.role === role;
}
