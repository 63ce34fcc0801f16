import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type Room } from '#libs/contract/programme';
import { type ActorContext } from '../identity/actors/actor.js';
import { RoomsService } from '../programme/rooms.service.js';
import { DEMO_ROOM_TEXTS } from './demo-texts.js';

/** Gives the demo's rooms their names and cities per language; an import does not carry them. */
@Injectable()
export class DemoRoomsService {
  constructor(private readonly rooms: RoomsService) {}

  async translate(organiser: ActorContext, rooms: readonly Room[]): Promise<void> {
    for (const { id, name, translations } of rooms) {
      const texts = DEMO_ROOM_TEXTS[name];
      if (texts && !isDeepStrictEqual(texts, translations))
        await this.rooms.change(organiser, id, { translations: texts });
    }
  }
}
