import { atOnce, settingsIn, type KnownSettings } from '../../../lib/rehearsal/postgres/group-settings';

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
  ['the size of a machine', parameter('work_mem', '65536'), {}],
  ['a formula', parameter('statement_timeout', '{DBInstanceClassMemory/9}'), {}],
  ['what the rehearsal needs otherwise', parameter('max_connections', '5000'), {}],
])('of a group is said: %s', (_, given, said) => {
  expect(settingsIn([given], KNOWN)).toEqual(said);
});

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
