import { App } from 'aws-cdk-lib';
import { TopologyStacks } from 'db-understudy/aws';
import { define } from 'db-understudy/topology';

/** The topology of orders.topology.yaml, written in TypeScript: the same checks, the same templates. */
export const orders = define({
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  // A promotion changes this one line (and retires whom it leaves behind).
  primary: 'virginia-a',
  objectives: { lag: '30s', dataLoss: '1m', recovery: { member: '10m', region: '30m' } },
  heartbeat: '10s',
  tags: { team: 'orders' },
  members: {
    'virginia-a': {
      region: 'us-east-1',
      size: 'db.r7g.large',
      storage: { gib: 200, growTo: 1000 },
      standby: 'multi-az',
      key: 'create',
      promotion: 1,
    },
    'virginia-reports': { region: 'us-east-1', replicaOf: 'virginia-a', promotion: 'never' },
    'dublin-a': { region: 'eu-west-1', replicaOf: 'virginia-a', key: 'create', promotion: 2 },
    'dublin-b': { region: 'eu-west-1', replicaOf: 'dublin-a', promotion: 3 },
  },
  aws: {
    // What promotes a replica, in each Region where one can be promoted, and the names that it moves.
    runbook: { endpoints: [{ parameter: '/orders/database/writer' }], notify: ['on-call@orders.example'] },
  },
});

if (require.main === module) {
  const app = new App();
  new TopologyStacks(app, orders.name, { topology: orders });
  app.synth();
}
