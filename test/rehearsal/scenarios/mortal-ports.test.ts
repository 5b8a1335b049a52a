import { setTimeout as later } from 'node:timers/promises';
import { Life, mortalPorts } from '../../../lib/rehearsal/scenarios/mortal-ports';
import type { CallStep, Ports, Procedure } from '../../../lib/runbook/execution/ports';
import { World } from '../../runbook/execution/_world/world';
import { ORDERS } from '../../runbook/execution/_world/scenes';

const SILENCE = 'silence';

/** What comes of it; silence, when nothing comes. */
const heard = (asked: Promise<unknown>): Promise<unknown> =>
  Promise.race([asked.catch((error: unknown) => (error as Error).message), later(20).then(() => SILENCE)]);

test('while it lives, it hears what comes, and what goes wrong', async () => {
  const life = new Life();
  expect(await heard(life.living(() => Promise.resolve(1)))).toBe(1);
  expect(await heard(life.living(() => Promise.resolve(undefined)))).toBeUndefined();
  expect(await heard(life.living(() => Promise.reject(new Error('broken'))))).toBe('broken');
});

test('what was sent is sent, and nobody is there for the answer', async () => {
  const life = new Life();
  const done: string[] = [];
  const asked = life.living(async () => {
    await later(5);
    done.push('carried out');
  });
  life.end();
  expect(await heard(asked)).toBe(SILENCE);
  expect(done).toEqual(['carried out']);
});

test('a dead one does nothing any more', async () => {
  const life = new Life();
  life.end();
  const act = jest.fn(() => Promise.resolve(1));
  expect([await heard(life.living(act)), act.mock.calls]).toEqual([SILENCE, []]);
});

const PORTS: readonly [string, (ports: Ports) => Promise<unknown>][] = [
  ['the clock', ({ clock }) => clock.wait(0)],
  ['the fleet', ({ fleet }) => fleet.look(ORDERS)],
  ['the probe', ({ probe }) => probe.ask({ topology: ORDERS, member: 'bab', address: { host: 'bab', port: 5432 } })],
  ['the ledger', ({ ledger }) => ledger.standing()],
  ['the history', ({ history }) => history.read()],
  ['the names', ({ endpoints }) => endpoints.obstacles()],
  ['a name', ({ endpoints }) => endpoints.all[0]?.read() ?? Promise.resolve()],
];

test.each(PORTS)('%s answers a runner that lives, and none that is dead', async (_, ask) => {
  const life = new Life();
  const ports = mortalPorts(new World({ topology: ORDERS }).ports, life);
  expect(await heard(ask(ports))).not.toBe(SILENCE);
  life.end();
  expect(await heard(ask(ports))).toBe(SILENCE);
});

test('what only some fleets can tell is asked of them, and of no other', async () => {
  const life = new Life();
  const { ports } = new World({ topology: ORDERS });
  expect(mortalPorts(ports, life).fleet).not.toHaveProperty('fenceOf');
  const fleet = Object.assign(Object.create(ports.fleet) as Ports['fleet'], {
    fenceOf: () => Promise.resolve({ outcome: 'proven', reason: 'it follows' } as const),
    current: () => Promise.resolve(ORDERS),
  });
  const mortal = mortalPorts({ ...ports, fleet }, life).fleet;
  expect(await mortal.fenceOf?.(ORDERS, 'bab', { kind: 'switchover', accepted: [], isFenced: true })).toMatchObject({
    outcome: 'proven',
  });
  expect(await mortal.current?.(ORDERS)).toBe(ORDERS);
  life.end();
  expect(await heard(Promise.resolve(mortal.current?.(ORDERS)))).toBe(SILENCE);
});

test('one that dies between the look and the call does not call', async () => {
  const life = new Life();
  const world = new World({ topology: ORDERS });
  const procedure: Procedure = mortalPorts(world.ports, life).fleet.promote(ORDERS, 'bab', {
    kind: 'failover',
    accepted: [],
    isFenced: true,
  });
  const step = await procedure.next([]);
  if (step.kind !== 'do') throw new Error(`there was nothing to call: ${step.kind}`);
  life.end();
  expect([await heard(step.call()), world.cloud.promotions]).toEqual([SILENCE, []]);
});

test('nor the call that follows from it', async () => {
  const life = new Life();
  const { ports } = new World({ topology: ORDERS });
  const called: string[] = [];
  const step = (id: string, then?: CallStep): CallStep => ({
    ...{ kind: 'do', id, title: id, call: () => Promise.resolve(void called.push(id)) },
    ...(then && { then }),
  });
  const row = step('tag', step('copy', step('set')));
  const fleet = Object.assign(Object.create(ports.fleet) as Ports['fleet'], {
    freeze: (): Procedure => ({ next: () => Promise.resolve(row) }),
  });
  const first = await mortalPorts({ ...ports, fleet }, life)
    .fleet.freeze(ORDERS)
    .next([]);
  if (first.kind !== 'do') throw new Error(`there was nothing to call: ${first.kind}`);
  await first.call();
  await first.then?.call();
  life.end();
  expect(await heard(first.then?.then?.call() ?? Promise.resolve())).toBe(SILENCE);
  expect(called).toEqual(['tag', 'copy']);
});

test('what the cloud itself knows is asked by a runner that lives alone, and only where the cloud knows it', async () => {
  const life = new Life();
  const { ports } = new World({ topology: ORDERS });
  expect(mortalPorts(ports, life).fleet).not.toHaveProperty('current');
  const fleet = Object.assign(Object.create(ports.fleet) as Ports['fleet'], {
    current: () => Promise.resolve({ ...ORDERS, primary: 'bab' }),
    fenceOf: () => Promise.resolve(undefined),
  });
  const own = mortalPorts({ ...ports, fleet }, life).fleet;
  const how = { kind: 'failover', accepted: [], isFenced: true } as const;
  expect(await heard(own.current?.(ORDERS) ?? Promise.resolve())).toMatchObject({ primary: 'bab' });
  expect(await heard(own.fenceOf?.(ORDERS, 'bab', how) ?? Promise.resolve(SILENCE))).toBeUndefined();
  life.end();
  expect(await heard(own.current?.(ORDERS) ?? Promise.resolve())).toBe(SILENCE);
});
