import { Injectable } from '@nestjs/common';
import { type HubInfo } from '#libs/contract/auth';

/** The state of the streams for `GET /api/hub`; unavailable until the streams feature sets it. */
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
