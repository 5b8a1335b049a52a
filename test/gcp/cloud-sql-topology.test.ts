import { DatabaseInstance } from '@pulumi/gcp/sql';
import * as pulumi from '@pulumi/pulumi';
import { CloudSqlTopology } from '../../lib/gcp';
import { define } from '../../lib/topology';
import { cloudSql, pool, switchedOver, withDr, withGcp, withMemberGcp } from '../_helpers/sample-cloud-sql';
import { withMember, withNew } from '../_arbitraries/edits';
import { sample } from '../_helpers/sample-topology';
import { inputsOf, mockEngine, refusal, render, value } from './_helpers/mocked-engine';

mockEngine();

/** How the engine is handed a secret. */
const secret = (text: string) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  value: text,
});

describe('CloudSqlTopology', () => {
  it('makes one instance for each member, named by identity, protected and with what its role needs', async () => {
    const database = await render({ topology: withDr(cloudSql()) });
    expect([...database.instances.keys()]).toStrictEqual(['ada', 'bab']);
    expect(inputsOf('orders-ada')).toMatchObject({
      name: 'orders-ada',
      databaseVersion: 'POSTGRES_17',
      instanceType: 'CLOUD_SQL_INSTANCE',
      replicationCluster: { failoverDrReplicaName: 'acme-prod:orders-bab' },
      deletionProtection: true,
      settings: {
        edition: 'ENTERPRISE_PLUS',
        availabilityType: 'REGIONAL',
        deletionProtectionEnabled: true,
        backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
      },
    });
    expect(inputsOf('orders-bab')).toMatchObject({
      instanceType: 'READ_REPLICA_INSTANCE',
      masterInstanceName: 'orders-ada',
      replicationCluster: { failoverDrReplicaName: '' },
      settings: { backupConfiguration: { enabled: false, pointInTimeRecoveryEnabled: false } },
    });
  });

  it('protects instances, makes sources first, and leaves a growing volume to Cloud SQL', async () => {
    const options = new Map<string, pulumi.CustomResourceOptions>();
    const record: pulumi.ResourceTransformation = ({ name, opts }) => void options.set(name, opts);
    const input = withMemberGcp(withMember(cloudSql(), 'ada', { storage: { gib: 100, growTo: 500 } }), 'bab', {
      deletionProtection: false,
    });
    const database = await render({ topology: input, databases: ['shop'] }, { transformations: [record] });
    expect(options.get('orders-ada')).toMatchObject({
      parent: database,
      protect: true,
      ignoreChanges: ['settings.diskSize'],
      dependsOn: [],
    });
    expect(options.get('orders-bab')).toMatchObject({ protect: false, dependsOn: [database.instance('ada')] });
    expect(options.get('orders-shop')).toMatchObject({ parent: database, ignoreChanges: ['instance'] });
    expect(inputsOf('orders-bab')).toMatchObject({
      deletionProtection: false,
      settings: { deletionProtectionEnabled: false },
    });
  });

  it('turns MySQL’s binary log on before it is needed', async () => {
    await render({ topology: withDr(cloudSql('mysql')) });
    expect(inputsOf('orders-bab')).toMatchObject({
      settings: { backupConfiguration: { enabled: false, binaryLogEnabled: true } },
    });
  });

  it('gives a read pool its nodes, and none to one that follows the load', async () => {
    const scaled = pool({ autoscale: { min: 2, max: 5, cpu: 0.6 } });
    await render({ topology: withNew(withNew(cloudSql(), 'reads', pool({ nodes: 3 })), 'more', scaled) });
    expect(inputsOf('orders-reads')).toMatchObject({ instanceType: 'READ_POOL_INSTANCE', nodeCount: 3 });
    expect(inputsOf('orders-more')).not.toHaveProperty('nodeCount');
    expect(inputsOf('orders-more')).toMatchObject({
      settings: { readPoolAutoScaleConfig: { enabled: true, minNodeCount: 2, maxNodeCount: 5 } },
    });
  });

  it('gives a PostgreSQL replica the standby flags of its primary, and its own', async () => {
    const input = withMemberGcp(
      withMemberGcp(cloudSql(), 'ada', { flags: { max_connections: '500', work_mem: '9' } }),
      'bab',
      {
        flags: { work_mem: '7' },
      },
    );
    await render({ topology: input });
    expect(inputsOf('orders-bab')).toMatchObject({
      settings: {
        databaseFlags: [
          { name: 'max_connections', value: '500' },
          { name: 'work_mem', value: '7' },
        ],
      },
    });
  });

  it('refuses at once what is known to be wrong', () => {
    expect(
      refusal(() => new CloudSqlTopology('orders', { topology: withGcp(cloudSql(), { edition: undefined }) })),
    ).toMatchObject({ code: 'topology-refused' });
  });

  it('refuses a topology for AWS', () => {
    expect(refusal(() => new CloudSqlTopology('orders', { topology: define(sample()) }))).toMatchObject({
      code: 'cloud-differs',
      message:
        'the topology orders is for the cloud aws; allowed: gcp; fix: render it with TopologyStacks of db-understudy/aws, or write `cloud: gcp`',
    });
  });

  it('takes a network and keys that are known at deployment only', async () => {
    const key = (region: string) => `projects/acme-prod/locations/${region}/keyRings/sql/cryptoKeys/k`;
    await render({
      topology: withGcp(cloudSql(), { network: {} }),
      privateNetwork: pulumi.output('projects/acme-prod/global/networks/later'),
      keys: { ada: pulumi.output(key('europe-west1')), bab: pulumi.output(key('europe-north1')) },
    });
    expect(inputsOf('orders-bab')).toMatchObject({
      encryptionKeyName: key('europe-north1'),
      settings: { ipConfiguration: { privateNetwork: 'projects/acme-prod/global/networks/later' } },
    });
  });

  it('stops a member that a promotion left behind', async () => {
    const input = withGcp(withMember({ ...cloudSql(), primary: 'bab' }, 'ada', { retired: 'kept' }), {});
    await render({ topology: input });
    expect(inputsOf('orders-ada')).toMatchObject({
      instanceType: 'CLOUD_SQL_INSTANCE',
      settings: { activationPolicy: 'NEVER' },
    });
  });

  it('has no instance of a member that is not there', async () => {
    const database = await render({ topology: cloudSql() });
    expect(refusal(() => database.instance('eve'))).toMatchObject({
      code: 'member-unknown',
      message: 'orders has no instance eve; allowed: ada, bab; fix: name one of them',
    });
  });

  it('leads to whoever is primary, and to each member', async () => {
    const database = await render({ topology: switchedOver(cloudSql()) });
    expect(database.primary).toBe(database.instance('bab'));
    expect(await value(database.writeEndpoint)).toBe('primary.orders-bab.global.sql-psa.goog.');
    expect(await value(database.connectionNames)).toStrictEqual({
      ada: 'acme-prod:r:orders-ada',
      bab: 'acme-prod:r:orders-bab',
    });
  });

  it('needs to know the project of a DR replica, which is part of its name there', async () => {
    const topology = withDr(cloudSql(), { project: undefined });
    expect(refusal(() => new CloudSqlTopology('orders', { topology }))).toMatchObject({
      code: 'project-missing',
      message:
        'the topology orders has a DR replica and nothing tells its project; allowed: a project id; fix: set gcp.project in the topology, or pulumi config set gcp:project',
    });
    await render({ topology, project: pulumi.output('later') });
    expect(inputsOf('orders-ada')).toMatchObject({
      project: 'later',
      replicationCluster: { failoverDrReplicaName: 'later:orders-bab' },
    });
  });

  it('needs a root password of SQL Server, and of no instance that is there already', async () => {
    const topology = cloudSql('sqlserver');
    expect(refusal(() => new CloudSqlTopology('orders', { topology }))).toMatchObject({
      code: 'root-password-missing',
      message:
        "no rootPassword is given for ada of orders, which runs SQL Server; allowed: a password, kept as a secret; fix: pass rootPassword: config.requireSecret('rootPassword')",
    });
    const ada = new DatabaseInstance('theirs', { name: 'orders-ada', databaseVersion: 'SQLSERVER_2022_ENTERPRISE' });
    expect((await render({ topology, existing: { ada } })).instance('ada')).toBe(ada);
  });

  it('keeps passwords as secrets, and never drops a database', async () => {
    const database = await render({
      topology: cloudSql(),
      databases: ['shop'],
      users: { app: 'hush' },
      rootPassword: 'hush too',
    });
    await value(database.primary.name);
    await pulumi.runtime.disconnect();
    expect(inputsOf('orders-shop')).toMatchObject({ instance: 'orders-ada', name: 'shop', deletionPolicy: 'ABANDON' });
    expect(inputsOf('orders-app')['password']).toStrictEqual(secret('hush'));
    expect(inputsOf('orders-ada')['rootPassword']).toStrictEqual(secret('hush too'));
    expect(inputsOf('orders-bab')).not.toHaveProperty('rootPassword');
  });
});
