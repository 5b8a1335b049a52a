import { DatabaseInstance } from '@pulumi/gcp/sql';
import { CloudSqlTopology } from '../../lib/gcp';
import { asWritten } from '../../lib/gcp/existing-instances';
import { cloudSql, withDr } from '../_helpers/sample-cloud-sql';
import { engine, inputsOf, mockEngine, refusal, render, value } from './_helpers/mocked-engine';

mockEngine();

describe('instances that the program has already', () => {
  it('leaves an instance alone that is there already', async () => {
    const ada = new DatabaseInstance('mine', { name: 'orders-ada', databaseVersion: 'POSTGRES_17' });
    const database = await render({ topology: cloudSql(), existing: { ada } });
    expect(database.instance('ada')).toBe(ada);
    expect(engine.made.map(({ name }) => name)).not.toContain('orders-ada');
    expect(inputsOf('orders-bab')).toMatchObject({ masterInstanceName: 'orders-ada' });
  });

  it('says where its DR replica has to be designated, for nothing here changes it', async () => {
    const ada = new DatabaseInstance('mine-with-dr', { name: 'orders-ada', databaseVersion: 'POSTGRES_17' });
    const database = await render({ topology: withDr(cloudSql()), existing: { ada } });
    expect(await value(database.pending)).toStrictEqual([
      'set replicationCluster.failoverDrReplicaName to orders-bab, with its project and a colon before it, where ada is made, then `pulumi up --refresh`: that instance is left as it is here',
    ]);
  });

  it('refuses one that is no member', () => {
    const existing = { eve: new DatabaseInstance('not-mine', { databaseVersion: 'POSTGRES_17' }) };
    expect(refusal(() => new CloudSqlTopology('orders', { topology: cloudSql(), existing }))).toMatchObject({
      code: 'member-unknown',
      message:
        'an existing instance is given for eve, which is no member of orders; allowed: ada, bab; fix: name one of them',
    });
  });

  it('holds the name of an existing instance against the topology', () => {
    expect(asWritten('orders-ada', 'ada', 'orders-ada')).toBe('orders-ada');
    expect(refusal(() => asWritten('prod-1', 'ada', 'orders-ada'))).toMatchObject({
      code: 'instance-name-differs',
      message:
        'the existing instance given for ada is named prod-1, and the topology names it orders-ada; allowed: one name; fix: write `gcp: { name: prod-1 }` on ada',
    });
  });

  it('refuses a switchover of an instance that is made elsewhere', () => {
    const ada = new DatabaseInstance('mine-too', { name: 'orders-ada', databaseVersion: 'POSTGRES_17' });
    const topology = withDr(cloudSql(), { transition: { to: 'bab', phase: 'begin' } });
    expect(refusal(() => new CloudSqlTopology('orders', { topology, existing: { ada } }))).toMatchObject({
      code: 'role-outside',
      message:
        "the switchover to bab changes orders-ada, which is made outside of this component; allowed: switchovers between members that are made here; fix: change its role where it is made, as the provider's guide says",
    });
  });
});
