import { policyFor } from '../../../lib/runbook/decision';
import { ENGINE_NAMES } from '../../../lib/topology';
import { normalise } from '../../../lib/topology/normalise';
import { sample } from '../../_helpers/sample-topology';

test('a policy follows from the objectives', () => {
  const { members: _, ...rest } = sample('mysql');
  const topology = normalise({ ...rest, members: _, objectives: { lag: '2m', dataLoss: '30s' } });
  expect(policyFor(topology)).toStrictEqual({
    tolerance: 1,
    freshness: 30,
    idleClimb: 0,
    samplePeriod: 60,
    silence: 60,
    clockSkew: 1,
    coolDown: 3600,
    maxCatchUp: 120,
    maxDataLoss: 30,
    deliberation: 900,
  });
});

test('only the lag of PostgreSQL climbs while the primary is idle, and while it is gone', () => {
  // Clusters have no runbook.
  const told = ENGINE_NAMES.filter((name) => !name.startsWith('aurora-')).map((name) => {
    const { idleClimb, silence } = policyFor(normalise(sample(name)));
    return [name, idleClimb, silence] as const;
  });
  expect(told.toSorted()).toStrictEqual([
    ['db2', 0, 60],
    ['mariadb', 0, 60],
    ['mysql', 0, 60],
    ['oracle', 0, 60],
    ['postgres', 300, 0],
    ['sqlserver', 0, 60],
  ]);
});

test('a heartbeat says how long the primary of PostgreSQL can be idle', () => {
  expect(policyFor(normalise({ ...sample('postgres'), heartbeat: '10s' })).idleClimb).toBe(10);
});
