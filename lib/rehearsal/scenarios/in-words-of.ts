import { moveOfRun } from '../../runbook/decision';
import type { Topology } from '../../topology';
import { bestCandidate } from './best-candidate';
import type { Scenario } from './scenario';
import { GOOGLE_SERVICES, type ActInput, type AwsService, type GoogleServiceName } from './scenario-schema';

/** Who does the same on Google. */
const SERVICES: Readonly<Record<AwsService, GoogleServiceName>> = {
  ...{ rds: 'sqladmin', dynamodb: 'firestore', cloudwatch: 'monitoring', ssm: 'dns' },
  ...{ secretsmanager: 'secretmanager', sns: 'pubsub', route53: 'dns' },
};

/** The call that does the same there. */
const ACTIONS: Readonly<Record<string, string>> = {
  ...{
    DescribeDBInstances: 'instances.get',
    RebootDBInstance: 'instances.restart',
    ModifyDBInstance: 'instances.patch',
  },
  ...{ StopDBInstance: 'instances.patch', StartDBInstance: 'instances.patch' },
  ...{ CreateDBInstanceReadReplica: 'instances.insert', PromoteReadReplica: 'instances.promoteReplica' },
  ...{ GetMetricData: 'timeSeries.list', PutParameter: 'changes.create', GetParameter: 'resourceRecordSets.list' },
  ...{ GetItem: 'documents.get', PutItem: 'documents.commit', UpdateItem: 'documents.commit' },
  ...{ TransactWriteItems: 'documents.commit', Query: 'documents.list', Publish: 'topics.publish' },
  ...{ GetSecretValue: 'versions.access', PutSecretValue: 'versions.add' },
  ChangeResourceRecordSets: 'changes.create',
};

/** As Google names its calls. */
const GOOGLE_ACTION = /^[a-zA-Z]+\.[a-zA-Z]+$/;

const isGoogles = (service: ActInput['service']): service is GoogleServiceName =>
  GOOGLE_SERVICES.some((each) => each === service);

/** The scenario with the services and calls of the topology's cloud: those that are there are told in the words of AWS. */
export function inWordsOf(topology: Topology, scenario: Scenario): Scenario {
  if (topology.cloud === 'aws' || scenario.acts === undefined) return scenario;
  const promotes = isHandover(topology, scenario) ? 'instances.switchover' : ACTIONS['PromoteReadReplica'];
  const worded = ({ service, action, ...act }: ActInput): ActInput => {
    const call = action === 'PromoteReadReplica' ? promotes : (ACTIONS[action ?? ''] ?? action);
    return {
      ...act,
      ...(service !== undefined && { service: isGoogles(service) ? service : SERVICES[service] }),
      ...(call !== undefined && { action: call }),
    };
  };
  return { ...scenario, acts: scenario.acts.map(worded) };
}

/** What moves the primary is then one call of Cloud SQL's. */
function isHandover(topology: Topology, { runs: [first] }: Scenario): boolean {
  const target = first?.target ?? bestCandidate(topology);
  return (
    first?.mode === 'switchover' && target !== undefined && moveOfRun(topology, 'switchover', target) === 'handover'
  );
}

/** What of a scenario there is not on the topology's cloud; undefined: nothing. */
export function foreignTo({ cloud }: Topology, { acts = [] }: Scenario): string | undefined {
  if (cloud === 'aws') {
    const act = acts.find(({ service, action = '' }) => isGoogles(service) || GOOGLE_ACTION.test(action));
    return (
      act &&
      `${act.service ?? act.action} is Google's, and the topology is for AWS; allowed: services and actions of AWS; name one`
    );
  }
  if (acts.some((act) => act.do === 'fill-disk' || act.do === 'empty-disk'))
    return 'what Cloud SQL says of an instance whose disk is full was never seen; allowed: every other act; play another scenario';
  const unknown = acts.find(
    ({ action }) => action !== undefined && !(action in ACTIONS) && !GOOGLE_ACTION.test(action),
  );
  return (
    unknown &&
    `no call of Google's does what ${unknown.action} does; allowed: ${Object.keys(ACTIONS).join(', ')}, or one of Google's own, such as instances.patch; name one`
  );
}
