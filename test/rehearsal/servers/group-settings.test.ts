import * as mariadb from '../../../lib/rehearsal/mariadb/known-settings';
import * as postgres from '../../../lib/rehearsal/postgres/known-settings';
import { atOnce, settingsIn, type KnownSettings } from '../../../lib/rehearsal/servers/group-settings';

const KNOWN: KnownSettings = new Map<string, { readonly needsStart: boolean }>([
  ...['default_transaction_read_only', 'work_mem', 'statement_timeout'].map(
    (name) => [name, { needsStart: false }] as const,
  ),
  ...['max_worker_processes', 'max_connections', 'shared_buffers'].map((name) => [name, { needsStart: true }] as const),
]);

const parameter = (name: string, value: string, method: 'immediate' | 'pending-reboot' = 'immediate') => ({
  ...{ name, value, method },
});

test.each([
  ['what the server has', parameter('statement_timeout', '5000'), { statement_timeout: '5000' }],
  ['what only RDS has', parameter('rds.force_ssl', '1'), {}],
  ['what this server does not have', parameter('of_another_version', '1'), {}],
  ['a formula', parameter('statement_timeout', '{DBInstanceClassMemory/9}'), {}],
])('of a group is said: %s', (_, given, said) => {
  expect(settingsIn([given], KNOWN)).toEqual(said);
});

test.each([
  ['PostgreSQL', postgres.isPlayed, 'default_transaction_read_only', ['work_mem', 'max_connections', 'rds.force_ssl']],
  ['MariaDB', mariadb.isPlayed, 'read_only', ['innodb_buffer_pool_size', 'log_bin', 'gtid_strict_mode', 'socket']],
])(
  'of a group for %s is left out what is about the machine, and what the rehearsal needs otherwise',
  (_, isPlayed, played, not) => {
    expect([isPlayed(played), not.filter(isPlayed)]).toEqual([true, []]);
  },
);

test('a running server takes dynamic parameters; those that wait for a restart stay as they were', () => {
  const before = [
    parameter('max_worker_processes', '8', 'pending-reboot'),
    parameter('statement_timeout', '1000'),
    parameter('default_transaction_read_only', '0'),
  ];
  const now = [
    parameter('max_worker_processes', '16', 'pending-reboot'),
    parameter('statement_timeout', '2000', 'pending-reboot'),
    parameter('default_transaction_read_only', '1'),
  ];
  expect(settingsIn(atOnce(before, now, KNOWN), KNOWN)).toEqual({
    ...{ max_worker_processes: '8', statement_timeout: '1000', default_transaction_read_only: '1' },
  });
});

test('a dynamic parameter that is reset is gone at once, another one with the restart', () => {
  const before = [parameter('max_worker_processes', '8'), parameter('statement_timeout', '1000')];
  expect(settingsIn(atOnce(before, [], KNOWN), KNOWN)).toEqual({ max_worker_processes: '8' });
});
