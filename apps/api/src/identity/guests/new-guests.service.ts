import { Injectable } from '@nestjs/common';
import { type GuestProof } from '#libs/contract/auth';
import { AppError } from '../../platform/errors/app-error.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type ActorDraft, ActorsRepository, type EventDoor } from '../actors/actors.repository.js';
import { GuestDevicesRepository, type KeptGuest } from './guest-devices.repository.js';
import { GuestProofs } from './guest-proofs.service.js';

/** The proof of a new guest, and their address. */
export interface Newcomer {
  /** Where the event stores devices. */
  readonly device?: string;
  readonly proof?: GuestProof;
  readonly address?: string;
}

/** Creates new guests of an event, and finds those that exist already by their device. */
@Injectable()
export class NewGuests {
  constructor(
    private readonly actors: ActorsRepository,
    private readonly devices: GuestDevicesRepository,
    private readonly proofs: GuestProofs,
    private readonly limits: RateLimiter,
  ) {}

  /** The existing guest of the device; refuses a banned one. */
  async findKept(eventId: string, device: string): Promise<KeptGuest | null> {
    const kept = await this.devices.find(eventId, device);
    if (kept?.isBanned) throw new AppError('actor.banned');
    return kept ?? null;
  }

  /** Binds the device to this guest, unless it has another one already. */
  keep(eventId: string, device: string, actorId: string): Promise<void> {
    return this.devices.keep(eventId, device, actorId);
  }

  /** Returns the id of the new guest, or of the one that the device got meanwhile. */
  async make(draft: ActorDraft, event: EventDoor, { device, proof, address }: Newcomer): Promise<string> {
    if (event.guestProof || this.proofs.isDemandedFrom(address)) await this.proofs.demand(event.id, proof, address);
    this.limits.take('guest', { event: event.id });
    if (device === undefined) return this.actors.create(draft);
    const id = (await this.devices.create(draft, device)) ?? (await this.findKept(event.id, device))?.id;
    if (!id) throw new AppError('busy', { retryAfter: 1 });
    return id;
  }
}
