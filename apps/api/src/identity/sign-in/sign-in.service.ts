import { Injectable } from '@nestjs/common';
import { type z } from 'zod';
import { type demoSignIn, type guestSignIn, type SignedIn } from '#libs/contract/auth';
import { AppError } from '../../platform/errors/app-error.js';
import { type ActorContext, presentActor } from '../actors/actor.js';
import { ActorEvents } from '../actors/actor-events.js';
import { type ActorDraft, ActorsRepository } from '../actors/actors.repository.js';
import { can } from '../access/auth.policy.js';
import { allow } from '../access/policy.js';
import { newDevice } from '../guests/device-cookie.js';
import { NewGuests } from '../guests/new-guests.service.js';
import { TokenService } from '../tokens/token.service.js';

/** The result of a sign-in, and the expiry of its cookie. */
export interface FreshSignIn {
  readonly signedIn: SignedIn;
  readonly expiresAt: Date;
  /** The value of the device's cookie, where the event stores devices. */
  readonly device?: string;
}

/** A person who signs in as a guest, and their address. */
export interface GuestVisit {
  readonly current: ActorContext | null;
  readonly device?: string;
  readonly address?: string;
}

/** A person who signs in again in the same role, with the token of their browser. */
type Known = Pick<ActorContext, 'id' | 'name'> & Partial<Pick<ActorContext, 'token'>>;

/** Creates guests and demo actors, and issues tokens to every kind of actor. */
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
    allow(can(current, 'guest.enter', event));
    if (!event) throw new AppError('not_found');
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

  /** A token for an actor who was authenticated, or created by the hub itself; of an existing sign-in, if it is given. */
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

  /** A person who signs in again in the same role stays the same actor, so that their votes are not counted twice. */
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
