import { forgetTemplate, SCENARIOS, type Rehearsal } from '../../../lib/rehearsal';
import { CloudSqlStage } from '../../../lib/rehearsal/stage/cloud-sql/cloud-sql-stage';
import { recordOf, writeEndpointOf } from '../../../lib/rehearsal/stage/cloud-sql/cloud-sql-names';
import type { Stage } from '../../../lib/rehearsal/stage/stage';
import { define, type TopologyInput } from '../../../lib/topology';
import { beside, cloudSql, enterprise, withDr } from '../../_helpers/sample-cloud-sql';
import { expectKept, play, resultOf } from '../_helpers/play';

jest.setTimeout(180_000);
afterAll(forgetTemplate);

const objectives = { lag: '5m', dataLoss: '10m' };
const plain = { ...enterprise(), objectives };
const two = withDr(cloudSql());
/** A third one follows whoever ada is. */
const pair = { ...two, objectives, members: { ...two.members, cyd: beside('ada') } };

/** What is played of each edition: where both come to the same, of one of them. Those below are looked at more closely. */
const PLAYED: Readonly<Record<'enterprise' | 'pair', readonly string[]>> = {
  enterprise: [
    ...['planned-switchover', 'primary-killed', 'region-cut-off', 'replication-broken', 'answers-lost'],
    ...['link-slow', 'metrics-late', 'runbook-killed-in-fence', 'failback'],
  ],
  pair: [
    ...['primary-killed', 'candidate-lags', 'candidate-dies', 'two-operators', 'api-throttled', 'answers-lost'],
    'runbook-killed-in-promote',
  ],
};

/** @param look at the stage, when all is over and its servers still run */
const playedOn = (input: TopologyInput, scenario: string, look?: (stage: CloudSqlStage) => void): Promise<Rehearsal> =>
  play(scenario, {
    topology: define(input),
    keep: (stage: Stage) => {
      if (stage instanceof CloudSqlStage) look?.(stage);
      return Promise.resolve();
    },
  });

const hostsOf = ({ writes }: Rehearsal): number =>
  new Set(writes.filter(({ end }) => end === 'acknowledged').map(({ host }) => host)).size;
const promotionsIn = ({ calls }: Rehearsal): readonly string[] =>
  calls.mutations.flatMap(({ action, effect }) => (effect && /promote|switchover/.test(action) ? action : []));

test.concurrent.each(PLAYED.enterprise)('Enterprise: in %s every promise is kept', async (name) => {
  const rehearsal = await playedOn(plain, name);
  expectKept(
    rehearsal,
    { promotions: [...new Set(promotionsIn(rehearsal))] },
    { promotions: ['instances.promoteReplica'] },
  );
});

test.concurrent.each(PLAYED.pair)('a designated pair: in %s every promise is kept', async (name) => {
  const rehearsal = await playedOn(pair, name);
  expectKept(rehearsal, { rds: rehearsal.calls.mutations.filter(({ service }) => service === 'rds') }, { rds: [] });
});

test.concurrent(
  'Cloud SQL hands over under load, nothing is lost, and both names lead to the new primary',
  async () => {
    let led: readonly unknown[] = [];
    const rehearsal = await playedOn(pair, 'planned-switchover', (stage) => {
      led = [recordOf(stage.google), writeEndpointOf(stage.google), stage.member('ada').source?.id];
    });
    const bab = rehearsal.hosts['bab'];
    const { calls, verdict } = rehearsal;
    const restarts = calls.mutations.filter(({ action }) => action === 'instances.restart');
    expectKept(
      rehearsal,
      { led, restarts, lost: verdict.lost, hosts: hostsOf(rehearsal), promotions: promotionsIn(rehearsal) },
      { led: [bab, bab, 'orders-bab'], restarts: [], lost: [], hosts: 2, promotions: ['instances.switchover'] },
    );
  },
);

test.concurrent(
  'of a region that is cut off, the clients inside write on, and the old primary is a replica afterwards',
  async () => {
    let follows: string | undefined;
    const rehearsal = await playedOn(pair, 'region-cut-off', (stage) => (follows = stage.member('ada').source?.id));
    const isMuchLost = rehearsal.verdict.lost.length > 10;
    expectKept(
      rehearsal,
      { isMuchLost, outcome: resultOf(rehearsal)?.outcome, follows },
      { isMuchLost: true, outcome: 'DEGRADED', follows: 'orders-bab' },
    );
  },
);

test.concurrent('there and back again, the pair is as it was', async () => {
  const rehearsal = await playedOn(pair, 'failback');
  const reigns = rehearsal.reigns.map(({ member }) => member);
  expectKept(rehearsal, { reigns }, { reigns: ['ada', 'bab', 'ada'] });
});

test('every scenario that can be played here is', () => {
  const named = new Set([...PLAYED.enterprise, ...PLAYED.pair]);
  expect(SCENARIOS.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([
    'disk-full',
    'cluster-lost',
    'headless-target',
    'fence-timed-out',
    'aurora-fails-over',
  ]);
});
