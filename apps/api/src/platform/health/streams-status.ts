import { Injectable } from '@nestjs/common';
import { type HubInfo } from '#libs/contract/auth';

/** Where the streams feature says how it is, for `GET /api/hub`; unavailable until it does. */
@Injectable()
export class StreamsStatus {
  private read: () => HubInfo['streams'] = () => 'unavailable';

  report(read: () => HubInfo['streams']): void {
    this.read = read;
  }

  current(): HubInfo['streams'] {
    return this.read();
  }
}
