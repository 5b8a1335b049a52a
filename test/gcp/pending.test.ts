import { type TopologyInput } from '../../lib/topology';
import { beside, cloudSql, switchedOver, withDr, withGcp, withMemberGcp } from '../_helpers/sample-cloud-sql';
import { withNew } from '../_arbitraries/edits';
import { engine, INSTANCE, mockEngine, render, value } from './_helpers/mocked-engine';

mockEngine();

describe('what is still to do', () => {
  it('says that the DR replica is designated by the next deployment', async () => {
    const database = await render({ topology: withDr(cloudSql()) });
    expect(await value(database.pending)).toStrictEqual([
      'run `pulumi up --refresh` once more: orders-bab is not yet the DR replica of ada, because both have to exist first',
    ]);
  });

  it('has nothing left to do, and says nothing, without one', async () => {
    expect(await value((await render({ topology: cloudSql() })).pending)).toStrictEqual([]);
    expect(engine.logged).toStrictEqual([]);
  });

  it('says at the end of a deployment what is still to do, and at its start what the topology is warned of', async () => {
    await render({ topology: withDr(cloudSql(), { deletionProtection: false }) });
    expect(engine.logged).toStrictEqual([
      expect.stringMatching(/^warning primary-unprotected: /),
      expect.stringMatching(
        /^still to do: run `pulumi up --refresh` once more: orders-bab is not yet the DR replica of ada/,
      ),
    ]);
  });

  it.each([
    [
      'begin',
      [
        'set gcp.transition.phase to finish, then `pulumi preview --refresh`: nothing may be replaced or deleted',
        '`pulumi up --refresh`: without the refresh, Pulumi would take ada for the primary still, and replace it',
      ],
    ],
    ['finish', ['set primary to bab and gcp.drReplica to ada, and take gcp.transition away']],
  ] as const)('says what comes after the phase %s of a switchover', async (phase, steps) => {
    engine.designated = ['acme-prod:orders-ada', 'acme-prod:orders-bab'];
    const database = await render({ topology: withDr(cloudSql(), { transition: { to: 'bab', phase } }) });
    expect(await value(database.pending)).toStrictEqual(steps);
  });

  it('asks for no DR replica of SQL Server, which has none', async () => {
    const topology = withGcp(withMemberGcp(cloudSql('sqlserver'), 'bab', { cascadable: true }), {
      transition: { to: 'bab', phase: 'finish' },
    });
    expect(await value((await render({ topology, rootPassword: 'hush' })).pending)).toStrictEqual([
      'set primary to bab, and take gcp.transition away',
    ]);
  });

  it('changes nothing but two instances in a switchover, and nothing after it', async () => {
    const topology = withNew(withDr(cloudSql()), 'cyd', beside('ada'));
    const inputs = async (input: TopologyInput) => {
      engine.made = [];
      await render({ topology: input });
      return Object.fromEntries(
        engine.made.filter(({ type }) => type === INSTANCE).map(({ name, inputs: of }) => [name, of]),
      );
    };
    const before = await inputs(topology);
    const begun = await inputs(withGcp(topology, { transition: { to: 'bab', phase: 'begin' } }));
    const finished = await inputs(withGcp(topology, { transition: { to: 'bab', phase: 'finish' } }));
    const after = await inputs(switchedOver(topology));
    const changed = (from: typeof before, to: typeof before) =>
      Object.keys(from).filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]));

    expect(Object.keys(before).toSorted()).toStrictEqual(['orders-ada', 'orders-bab', 'orders-cyd']);
    expect(changed(before, begun)).toStrictEqual(['orders-bab']);
    expect(changed(begun, finished)).toStrictEqual(['orders-ada', 'orders-bab']);
    const { replicaNames: _, ...asBegun } = begun['orders-bab'] ?? {};
    expect(finished['orders-bab']).toStrictEqual(asBegun);
    expect(changed(finished, after)).toStrictEqual([]);
    expect(begun['orders-bab']).toMatchObject({
      instanceType: 'CLOUD_SQL_INSTANCE',
      replicaNames: ['orders-ada'],
      replicationCluster: { failoverDrReplicaName: 'acme-prod:orders-ada' },
      settings: { backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true } },
    });
    expect(begun['orders-bab']).not.toHaveProperty('masterInstanceName');
    expect(finished['orders-ada']).toMatchObject({
      instanceType: 'READ_REPLICA_INSTANCE',
      masterInstanceName: 'orders-bab',
      replicaNames: ['orders-cyd'],
      replicationCluster: { failoverDrReplicaName: '' },
      settings: { backupConfiguration: { enabled: false, pointInTimeRecoveryEnabled: false } },
    });
  });
});
