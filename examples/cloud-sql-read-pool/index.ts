import * as pulumi from '@pulumi/pulumi';
import { CloudSqlTopology, ReplicationAlerts, ReplicationDashboard } from 'db-understudy/gcp';

const config = new pulumi.Config();

const search = new CloudSqlTopology('search', {
  topology: {
    name: 'search',
    cloud: 'gcp',
    engine: { name: 'postgres', version: '17' },
    primary: 'frankfurt-a',
    objectives: { lag: '30s' },
    members: {
      'frankfurt-a': {
        region: 'europe-west3',
        size: 'db-perf-optimized-N-8',
        storage: { gib: 100 },
        standby: 'regional',
      },
      'zurich-a': { region: 'europe-west6', replicaOf: 'frankfurt-a', standby: 'regional', promotion: 2 },
      // One address, and as many nodes as the load needs.
      'frankfurt-reads': {
        region: 'europe-west3',
        replicaOf: 'frankfurt-a',
        promotion: 'never',
        gcp: { readPool: { autoscale: { min: 2, max: 8, cpu: 0.6, scaleInAfter: '10m', scaleOutAfter: '1m' } } },
      },
    },
    gcp: { edition: 'enterprise-plus' },
  },
  privateNetwork: config.require('network'),
  databases: ['search'],
});

new ReplicationAlerts('search-alerts', { database: search });
new ReplicationDashboard('search-dashboard', { database: search });

/** For readers; the pool has one address for all of its nodes. */
export const readAddress = search.instance('frankfurt-reads').privateIpAddress;
export const writeAddress = search.primary.privateIpAddress;
