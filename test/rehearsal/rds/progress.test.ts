import { EmbeddedCloud, VirtualClock, type Instance, type Work } from '../../../lib/rehearsal';
import { HOME, TRIO, rdsRequest } from '../_helpers/stage';

/** A backend whose work is done when the test says so. */
class Workshop {
  readonly orders: string[] = [];
  #finish: (() => void)[] = [];
  #fail: ((reason: Error) => void)[] = [];

  carryOut({ kind, instance, source }: Work): Promise<void> {
    this.orders.push(`${kind} ${instance.id} of ${source?.id ?? 'nobody'}`);
    return new Promise((resolve, reject) => {
      this.#finish.push(resolve);
      this.#fail.push(reject);
    });
  }

  async finish(): Promise<void> {
    this.#finish.forEach((resolve) => resolve());
    await new Promise((resolve) => void setImmediate(resolve));
  }

  async fail(): Promise<void> {
    this.#fail.forEach((reject) => reject(new Error('no disk')));
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

function begin(action: string, backend: Workshop): { clock: VirtualClock; cloud: EmbeddedCloud; look: () => Instance } {
  const clock = new VirtualClock();
  const cloud = new EmbeddedCloud({ clock, instances: TRIO, backend });
  const body = `Action=${action}&DBInstanceIdentifier=orders-b`;
  cloud.answer(rdsRequest(HOME, body));
  return { clock, cloud, look: () => cloud.fleet.instance(HOME, 'orders-b') };
}

test('work begins with its status, by the clock alone', () => {
  const backend = new Workshop();
  const { clock } = begin('PromoteReadReplica', backend);
  clock.advance(44);
  expect(backend.orders).toEqual([]);
  clock.advance(1);
  expect(backend.orders).toEqual(['promote orders-b of orders-a']);
});

test('a status lasts as long as its work, however late', async () => {
  const backend = new Workshop();
  const { clock, look } = begin('RebootDBInstance', backend);
  clock.advance(500);
  expect(look().status).toBe('rebooting');
  await backend.finish();
  expect(look().status).toBe('available');
});

test('and no shorter than the timetable says', async () => {
  const backend = new Workshop();
  const { clock, look } = begin('RebootDBInstance', backend);
  await backend.finish();
  clock.advance(59);
  expect(look().status).toBe('rebooting');
  clock.advance(1);
  expect(look().status).toBe('available');
});

test('work that fails leaves the instance failed', async () => {
  const backend = new Workshop();
  const { clock, look } = begin('RebootDBInstance', backend);
  await backend.fail();
  clock.advance(500);
  expect(look()).toMatchObject({ status: 'failed', procedure: undefined });
});

test('work that ends when something else goes on changes nothing', async () => {
  const backend = new Workshop();
  const { cloud, look } = begin('RebootDBInstance', backend);
  cloud.fleet.setStatus(HOME, 'orders-b', 'storage-full');
  await backend.finish();
  await backend.fail();
  expect(look().status).toBe('storage-full');
});

test('what is queued meanwhile comes after the work', async () => {
  const backend = new Workshop();
  const { cloud, clock, look } = begin('RebootDBInstance', backend);
  cloud.fleet.backUp(HOME, 'orders-b', 100);
  clock.advance(60);
  await backend.finish();
  expect(look().status).toBe('backing-up');
  clock.advance(100);
  expect(look().status).toBe('available');
});

test('what has no status is work, too, and may fail', async () => {
  const backend = new Workshop();
  const { look, cloud } = begin('ModifyDBInstance', backend);
  expect(backend.orders).toEqual([]);
  const body = 'Action=ModifyDBInstance&DBInstanceIdentifier=orders-b&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1';
  cloud.answer(rdsRequest(HOME, body));
  expect(backend.orders).toEqual(['configure orders-b of orders-a']);
  expect(look()).toMatchObject({ status: 'available', securityGroups: ['sg-1'] });
  await backend.fail();
  expect(look().status).toBe('failed');
});
