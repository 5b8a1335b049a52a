import {
  canBackUpReplica,
  canCascade,
  maxReplicas,
  portOf,
  promotesAbroad,
} from '../../../lib/rehearsal/rds/engine-abilities';

const row = (versioned: { engine: string; engineVersion: string }): readonly unknown[] => [
  ...[canBackUpReplica(versioned), canCascade(versioned), maxReplicas(versioned)],
  ...[promotesAbroad(versioned), portOf(versioned.engine)],
];

test.each([
  ['postgres', '16.4', [true, true, 15, false, 5432]],
  ['postgres', '14.1', [true, true, 15, false, 5432]],
  ['postgres', '14.0', [false, false, 15, false, 5432]],
  ['postgres', '13.20', [false, false, 15, false, 5432]],
  ['mysql', '8.4.7', [true, true, 15, true, 3306]],
  ['mariadb', '11.4.3', [true, true, 15, true, 3306]],
  ['oracle-ee', '19.0.0.0', [true, false, 5, true, 1521]],
  ['sqlserver-ee', '16.00', [false, false, 5, true, 1433]],
  ['db2-ae', '11.5.9', [true, false, 3, true, 50_000]],
])('%s %s', (engine, engineVersion, expected) => {
  expect(row({ engine, engineVersion })).toEqual(expected);
});
