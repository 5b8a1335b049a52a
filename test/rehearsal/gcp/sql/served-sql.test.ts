import { EmbeddedGoogle, ScaledClock, type FakeInstance, type SqlSeed } from '../../../../lib/rehearsal';
import { servedSql } from '../../../../lib/rehearsal/gcp/sql/served-sql';
import type { SqlBackend } from '../../../../lib/rehearsal/gcp/sql/sql-backend';
import type { DatabaseBackend } from '../../../../lib/rehearsal/servers/database-backend';
import type { ServerWork } from '../../../../lib/rehearsal/servers/server-work';

const doors = { shut: false };
const asked: ServerWork[] = [];
const servers = {
  carryOut: (work: ServerWork) => Promise.resolve(void asked.push(work)),
  member: () => ({ doors }),
  adopt: ({ id }: { id: string }) => ({ address: `address of ${id}`, port: 1 }),
} as unknown as DatabaseBackend;

let served: SqlBackend;
beforeEach(() => {
  served = servedSql(servers, new ScaledClock({ scale: 100, atWork: 10 }));
  asked.length = 0;
  doors.shut = false;
});

function instance(more: Partial<SqlSeed> = {}): FakeInstance {
  const { sql } = new EmbeddedGoogle({ instances: [{ name: 'a', region: 'here', ...more }] });
  return sql.get('a');
}

test('flags are the settings of the one server, and need no group', async () => {
  const ada = instance();
  ada.settings.databaseFlags = [{ name: 'read_only', value: 'on' }];
  await served.carryOut({ kind: 'configure', instance: ada });
  expect(asked).toEqual([
    {
      ...{ kind: 'configure', instance: { region: 'here', id: 'a', parameterGroup: 'flags' }, source: undefined },
      parameters: [{ name: 'read_only', value: 'on', method: 'immediate' }],
    },
  ]);
  expect(served.addressOf?.(ada)).toBe('address of a');
});

test('a switchover is a hand-over, and has its time on the clock of the machine', async () => {
  await served.carryOut({ kind: 'switchover', instance: instance(), source: instance(), patience: 600 });
  expect(asked).toMatchObject([{ kind: 'hand-over', source: { id: 'a' }, patience: 60_000 }]);
});

test.each([
  ['a private address', { privateNetwork: 'main' }, false],
  ['a public one, and a network that may', { authorizedNetworks: [{ value: '0.0.0.0/0' }] }, false],
  ['an attachment, and a project that may', { pscConfig: { allowedConsumerProjects: ['shop'] } }, false],
  ['a public one, and nobody who may', { authorizedNetworks: [], pscConfig: {} }, true],
])('with %s new connections are refused: %#', async (_, ipConfiguration, isShut) => {
  doors.shut = !isShut;
  await served.carryOut({ kind: 'configure', instance: instance({ ipConfiguration }) });
  expect(doors.shut).toBe(isShut);
});
