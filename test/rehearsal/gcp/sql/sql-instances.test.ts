import { EmbeddedGoogle, VirtualClock } from '../../../../lib/rehearsal';
import type { FakeOperation } from '../../../../lib/rehearsal/gcp/sql/sql-instances';
import type { SqlBackend, SqlWork } from '../../../../lib/rehearsal/gcp/sql/sql-backend';
import { PAIR } from '../../../runbook/adapters/gcp/_helpers/google-stage';

/** Work that ends when the test says so. */
class Workshop implements SqlBackend {
  readonly begun: SqlWork[] = [];
  readonly #ends: ((problem?: string) => void)[] = [];

  carryOut(work: SqlWork): Promise<void> {
    this.begun.push(work);
    return new Promise((resolve, reject) => {
      this.#ends.push((problem) => (problem === undefined ? resolve() : reject(new Error(problem))));
    });
  }

  addressOf({ name }: SqlWork['instance']): string {
    return `address of ${name}`;
  }

  /** Ends all that was begun. */
  async end(problem?: string): Promise<void> {
    for (const end of this.#ends.splice(0)) end(problem);
    await Promise.resolve();
    await Promise.resolve();
  }
}

let google: EmbeddedGoogle;
let time: VirtualClock;
let workshop: Workshop;
beforeEach(() => {
  time = new VirtualClock();
  workshop = new Workshop();
  google = new EmbeddedGoogle({ clock: time, instances: PAIR, backend: workshop });
});

const post = (verb: string, query = ''): FakeOperation => {
  const path = `/v1/projects/acme-prod/instances/orders-bab/${verb}`;
  google.answer('sqladmin', { verb: 'POST', path, query: new URLSearchParams(query), body: undefined });
  return google.sql.operations.at(-1) as FakeOperation;
};
const patch = (name: string, settings: object): void => {
  const path = `/v1/projects/acme-prod/instances/${name}`;
  google.answer('sqladmin', { verb: 'PATCH', path, query: new URLSearchParams(), body: { settings } });
};
const typeOf = (name: string): string => google.sql.get(name).instanceType;
const kinds = (): readonly string[] => workshop.begun.map(({ kind, instance }) => `${kind} ${instance.name}`);

test('an instance has the address of the server behind it', () => {
  expect(google.sql.get('orders-bab').ipAddresses).toEqual([{ type: 'PRIVATE', ipAddress: 'address of orders-bab' }]);
});

test('an operation is over when the timetable is and the work is, whichever comes last', async () => {
  const operation = post('promoteReplica');
  expect(kinds()).toEqual(['promote orders-bab']);
  time.advance(google.sql.times.promotion);
  await Promise.resolve();
  expect([operation.status, typeOf('orders-bab')]).toEqual(['RUNNING', 'READ_REPLICA_INSTANCE']);
  await workshop.end();
  expect([operation.status, operation.error, typeOf('orders-bab')]).toEqual(['DONE', undefined, 'CLOUD_SQL_INSTANCE']);
});

test('work that is done early does not end an operation before its time', async () => {
  const operation = post('promoteReplica');
  await workshop.end();
  expect(operation.status).toBe('RUNNING');
  await time.wait(google.sql.times.promotion);
  await Promise.resolve();
  expect(operation.status).toBe('DONE');
});

test('work that fails makes the operation fail, in its words, and nothing has changed', async () => {
  const operation = post('promoteReplica');
  await workshop.end('it does not answer');
  await time.wait(google.sql.times.promotion);
  await Promise.resolve();
  expect(operation).toMatchObject({
    ...{ status: 'DONE' },
    error: { errors: [{ code: 'INTERNAL_ERROR', message: 'it does not answer' }] },
  });
  expect(typeOf('orders-bab')).toBe('READ_REPLICA_INSTANCE');
});

test('what is to fail by a fault touches no server', () => {
  google.inject({ action: 'instances.promoteReplica', mishap: { kind: 'fails', status: 'TIMEOUT' } });
  const operation = post('promoteReplica');
  time.advance(google.sql.times.promotion);
  expect([kinds(), operation.error?.errors[0]?.code]).toEqual([[], 'TIMEOUT']);
});

test('a switchover is one piece of work for both, and has the time that it was given', async () => {
  post('switchover', 'dbTimeout=30s');
  expect(workshop.begun).toMatchObject([
    { kind: 'switchover', instance: { name: 'orders-bab' }, source: { name: 'orders-ada' }, patience: 30 },
  ]);
  await workshop.end('too late');
  await time.wait(google.sql.times.switchover);
  await Promise.resolve();
  expect(google.sql.operations.map(({ error }) => error?.errors[0]?.message)).toEqual(['too late', 'too late']);
  expect(typeOf('orders-ada')).toBe('CLOUD_SQL_INSTANCE');
});

test.each([
  [{ activationPolicy: 'NEVER' }, 'stop orders-ada'],
  [{ databaseFlags: [{ name: 'read_only', value: 'on' }] }, 'configure orders-ada'],
])('a change to %j is the work: %s', (settings, work) => {
  patch('orders-ada', settings);
  expect(kinds()).toEqual([work]);
  // The server is told what is wanted; the API tells it when it is so.
  expect(workshop.begun[0]?.instance.settings).toMatchObject(settings);
});

test('who was stopped is started again', async () => {
  patch('orders-ada', { activationPolicy: 'NEVER' });
  await workshop.end();
  await time.wait(google.sql.times.stop);
  await Promise.resolve();
  patch('orders-ada', { activationPolicy: 'ALWAYS' });
  expect(kinds()).toEqual(['stop orders-ada', 'start orders-ada']);
});

test('the old primary of a failover is made anew when its region can be reached again, not before', async () => {
  google.cut('europe-west1');
  post('promoteReplica', 'failover=true');
  await workshop.end();
  await time.wait(google.sql.times.promotion);
  await Promise.resolve();
  expect(kinds()).toEqual(['promote orders-bab']);
  google.reconnect('europe-west1');
  expect(kinds()).toEqual(['promote orders-bab', 'rejoin orders-ada']);
  await workshop.end();
  await time.wait(google.sql.times.reconfiguration);
  await Promise.resolve();
  expect(google.sql.get('orders-ada')).toMatchObject({
    ...{ instanceType: 'READ_REPLICA_INSTANCE', masterInstanceName: 'acme-prod:orders-bab' },
  });
  google.reconnect('europe-west1');
  expect(workshop.begun).toHaveLength(2);
});

test('the log of calls has when each came, and whether it had an effect', () => {
  const began = time.now();
  google.inject({ action: 'instances.promoteReplica', mishap: { kind: 'reset', effect: 'after' } });
  post('promoteReplica');
  post('promoteReplica');
  expect(google.calls).toMatchObject([
    { at: began, region: 'europe-north1', isMutating: true, effect: true, outcome: 'reset' },
    { effect: false, outcome: 'operationInProgress' },
  ]);
});
