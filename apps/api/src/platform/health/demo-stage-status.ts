import { Injectable } from '@nestjs/common';
import { type HubInfo } from '#libs/contract/auth';

/** The state of the demo's synthetic speaker for `GET /api/hub`; off until the demo sets it. */
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
