import { LocalBus } from '#libs/bus/local-bus';
import { DeskPresence } from './desk-presence.js';

const SESSION = 'session';
const mo = { id: 'mo', name: 'Mo' };
const nadia = { id: 'nadia', name: 'Nadia' };

describe('DeskPresence', () => {
  it('lists each person once over all nodes, by name (MOD-21)', () => {
    const bus = new LocalBus();
    const [here, there] = [new DeskPresence(bus), new DeskPresence(bus)];
    here.renew({ [SESSION]: [nadia, nadia] });
    there.renew({ [SESSION]: [nadia, mo], other: [mo] });
    for (const node of [here, there]) expect(node.of(SESSION)).toEqual([mo, nadia]);
    expect(here.of('other')).toEqual([mo]);
    expect(here.of('third')).toEqual([]);
  });

  it('drops the list of a node that does not renew it, and says so (MOD-21)', () => {
    const bus = new LocalBus();
    const [here, killed] = [new DeskPresence(bus), new DeskPresence(bus)];
    killed.renew({ [SESSION]: [nadia] });
    here.renew({ [SESSION]: [mo] });
    let changes = 0;
    here.onChange(() => changes++);
    here.dropExpired(performance.now() + 3_000);
    expect([here.of(SESSION), changes]).toEqual([[mo, nadia], 0]);
    here.dropExpired(performance.now() + 5_000);
    here.renew({ [SESSION]: [mo] });
    expect(here.of(SESSION)).toEqual([mo]);
    expect(changes).toBeGreaterThan(0);
  });

  it('publishes an empty list once, and nothing where there never was a desk (MOD-21)', () => {
    const bus = new LocalBus();
    const node = new DeskPresence(bus);
    let heard = 0;
    bus.subscribe('desks', () => heard++);
    node.renew({});
    node.renew({ [SESSION]: [mo] });
    node.renew({});
    node.renew({});
    expect([heard, node.of(SESSION)]).toEqual([2, []]);
  });
});
