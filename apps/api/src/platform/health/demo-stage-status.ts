import { Injectable } from '@nestjs/common';
import { type HubInfo } from '#libs/contract/auth';

/** Where the demo says how its own speaker is, for `GET /api/hub`; off until it does. */
@Injectable()
export class DemoStageStatus {
  private state: HubInfo['demoStage'] = 'off';

  report(state: HubInfo['demoStage']): void {
    this.state = state;
  }

  current(): HubInfo['demoStage'] {
    return this.state;
  }
}
