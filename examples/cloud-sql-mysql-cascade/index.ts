import * as pulumi from '@pulumi/pulumi';
import { CloudSqlTopology, ReplicationAlerts } from 'db-understudy/gcp';

const config = new pulumi.Config();

const catalog = new CloudSqlTopology('catalog', {
  topology: {
    name: 'catalog',
    cloud: 'gcp',
    engine: { name: 'mysql', version: '8.4' },
    primary: 'iowa-a',
    objectives: { lag: '2m' },
    members: {
      'iowa-a': {
        region: 'us-central1',
        size: 'db-perf-optimized-N-4',
        storage: { gib: 200 },
        standby: 'regional',
        promotion: 1,
      },
      // The other region is fed once, and has its own replicas: when oregon-a is promoted, they follow it.
      'oregon-a': { region: 'us-west1', replicaOf: 'iowa-a', standby: 'regional', promotion: 2 },
      'oregon-b': { region: 'us-west1', replicaOf: 'oregon-a', promotion: 'never' },
      'oregon-c': { region: 'us-west1', replicaOf: 'oregon-a', promotion: 'never' },
    },
    gcp: { edition: 'enterprise-plus' },
  },
  privateNetwork: config.require('network'),
  rootPassword: config.requireSecret('rootPassword'),
  databases: ['catalog'],
});

new ReplicationAlerts('catalog-alerts', {
  database: catalog,
  notificationChannels: config.getObject<string[]>('notificationChannels') ?? [],
});

export const connectionNames = catalog.connectionNames;
