import { GlobalAddress, Network, Subnetwork } from '@pulumi/gcp/compute';
import { NotificationChannel } from '@pulumi/gcp/monitoring';
import { Secret, SecretVersion } from '@pulumi/gcp/secretmanager';
import { Connection } from '@pulumi/gcp/servicenetworking';
import * as pulumi from '@pulumi/pulumi';
import { CloudSqlTopology, PromotionRunbook, ReplicationAlerts, ReplicationDashboard } from 'db-understudy/gcp';

const config = new pulumi.Config();

// Private addresses only: Cloud SQL's network is joined to yours.
const network = new Network('main', { autoCreateSubnetworks: false });
const range = new GlobalAddress('cloud-sql', {
  network: network.id,
  purpose: 'VPC_PEERING',
  addressType: 'INTERNAL',
  prefixLength: 20,
});
const peering = new Connection('cloud-sql', {
  network: network.id,
  service: 'servicenetworking.googleapis.com',
  reservedPeeringRanges: [range.name],
});

const orders = new CloudSqlTopology(
  'orders',
  {
    topology: {
      name: 'orders',
      cloud: 'gcp',
      engine: { name: 'postgres', version: '17' },
      primary: 'belgium-a', // a switchover changes this word and drReplica
      objectives: { lag: '1m', dataLoss: '2m' },
      members: {
        'belgium-a': {
          region: 'europe-west1',
          size: 'db-perf-optimized-N-8',
          storage: { gib: 250 },
          standby: 'regional',
          promotion: 1,
        },
        'finland-a': { region: 'europe-north1', replicaOf: 'belgium-a', standby: 'regional', promotion: 2 },
        'belgium-reports': { region: 'europe-west1', replicaOf: 'belgium-a', promotion: 'never' },
      },
      gcp: { edition: 'enterprise-plus', drReplica: 'finland-a' },
    },
    privateNetwork: network.id,
    databases: ['shop'],
    users: {
      shop: config.requireSecret('shopPassword'),
      runbook: config.requireSecret('runbookPassword'),
    },
  },
  { dependsOn: [peering] },
);

const onCall = new NotificationChannel('on-call', {
  type: 'email',
  labels: { email_address: config.require('onCall') },
});
new ReplicationAlerts('orders-alerts', { database: orders, notificationChannels: [onCall.name] });
new ReplicationDashboard('orders-dashboard', { database: orders });

// In the region that is recovered in, so that it is there when the other one is not.
const subnetwork = new Subnetwork('runbook', {
  network: network.id,
  region: 'europe-north1',
  ipCidrRange: '10.90.0.0/26',
  privateIpGoogleAccess: true,
});
// With this user it asks the databases how far they are, and whether the old primary still takes writes.
const login = new Secret('runbook-login', { secretId: 'orders-runbook-login', replication: { auto: {} } });
const password = new SecretVersion('runbook-login', {
  secret: login.id,
  secretData: pulumi.jsonStringify({ username: 'runbook', password: config.requireSecret('runbookPassword') }),
});
const runbook = new PromotionRunbook(
  'orders-runbook',
  {
    database: orders,
    region: 'europe-north1',
    secret: 'orders-runbook-login',
    network: { network: network.name, subnetwork: subnetwork.name },
  },
  { dependsOn: [peering, password] },
);

/** Leads to whoever is primary: what applications connect to. */
export const writeEndpoint = orders.writeEndpoint;
export const connectionNames = orders.connectionNames;
/** The DR replica is designated by the second `pulumi up --refresh`: this says so until it is. */
export const stillToDo = orders.pending;
/** Asked with `gcloud functions call`; `understudy promote --local` works without it. */
export const runbookFunction = runbook.promoteFunction.name;
