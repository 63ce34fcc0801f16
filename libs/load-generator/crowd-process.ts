// One process of the audience: controlled by its parent over IPC, see audience.ts.
import { Crowd, type CrowdOptions, type VotingOptions } from './crowd.js';

/** Commands of the parent, in this order. */
export type CrowdOrder =
  | { readonly do: 'gather'; readonly options: CrowdOptions; readonly within?: number }
  | { readonly do: 'reset' | 'recover' | 'report' | 'state' | 'times' | 'stop' | 'close' }
  | { readonly do: 'stall'; readonly count: number }
  | { readonly do: 'route'; readonly urls: readonly string[] }
  | { readonly do: 'vote'; readonly options: VotingOptions }
  | { readonly do: 'settle'; readonly within?: number };

let crowd: Crowd | undefined;

async function obey(order: CrowdOrder): Promise<unknown> {
  if (order.do === 'gather') crowd = new Crowd(order.options);
  if (!crowd) throw new Error('the crowd has not gathered');
  switch (order.do) {
    case 'gather':
      return crowd.gather(order.within);
    case 'route':
      return crowd.route(order.urls);
    case 'stall':
      return crowd.stall(order.count);
    case 'recover':
      return crowd.recover();
    case 'reset':
      return crowd.reset();
    case 'vote':
      return crowd.vote(order.options);
    case 'settle':
      return crowd.settle(order.within);
    case 'state':
      return crowd.state;
    case 'times':
      return crowd.times;
    case 'stop':
      return crowd.stop();
    case 'report':
      return crowd.report();
    case 'close':
      return crowd.close();
  }
}

process.on('message', ({ id, order }: { id: number; order: CrowdOrder }) => {
  obey(order).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent says when to leave
process.on('disconnect', () => process.exit(0)); // the parent has exited
