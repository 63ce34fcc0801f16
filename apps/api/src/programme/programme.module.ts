import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { EventEntity } from './event.entity.js';
import { EventsController } from './events.controller.js';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';
import { ScheduleExportController } from './export/schedule-export.controller.js';
import { ScheduleExportService } from './export/schedule-export.service.js';
import { ScheduleImportController } from './import/schedule-import.controller.js';
import { ImportThread } from './import/import-thread.js';
import { ScheduleImportService } from './import/schedule-import.service.js';
import { ScheduleRepository } from './import/schedule.repository.js';
import { ProgrammeRenderings } from './programme-renderings.js';
import { ProgrammeRepository } from './programme.repository.js';
import { RoomEntity } from './room.entity.js';
import { RoomsController } from './rooms.controller.js';
import { RoomsRepository } from './rooms.repository.js';
import { RoomsService } from './rooms.service.js';
import { SessionEntity } from './session.entity.js';
import { ProgrammeSessionSource } from './session-source.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SpeakerEntity } from './speaker.entity.js';
import { SpeakersController } from './speakers.controller.js';
import { SpeakersRepository } from './speakers.repository.js';
import { SpeakersService } from './speakers.service.js';
import { StreamRoomsRepository } from './stream-rooms.repository.js';
import { StreamRoomsService } from './stream-rooms.service.js';
import { ProgrammeStampEntity } from './programme-stamp.entity.js';
import { SessionSpeakerEntity } from './session-speaker.entity.js';

const repositories = [
  ProgrammeRepository,
  EventsRepository,
  RoomsRepository,
  SessionsRepository,
  SpeakersRepository,
  ScheduleRepository,
  StreamRoomsRepository,
];
const services = [
  EventsService,
  RoomsService,
  SessionsService,
  SpeakersService,
  ScheduleImportService,
  ImportThread,
  ScheduleExportService,
  StreamRoomsService,
  ProgrammeRenderings,
];

/** Events, rooms, sessions, speakers; import and export of programmes. */
@Module({
  imports: [
    IdentityModule,
    FeedModule,
    TypeOrmModule.forFeature([
      EventEntity,
      RoomEntity,
      SessionEntity,
      SpeakerEntity,
      SessionSpeakerEntity,
      ProgrammeStampEntity,
    ]),
  ],
  controllers: [
    EventsController,
    RoomsController,
    SessionsController,
    SpeakersController,
    ScheduleImportController,
    ScheduleExportController,
  ],
  providers: [...repositories, ...services, ProgrammeSessionSource],
  exports: services,
})
export class ProgrammeModule {}
