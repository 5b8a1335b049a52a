import { Lazy, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { inOwnPartition } from '../own-partition';
import type { IClusterDatabase } from './cluster-database';

/** Source: Amazon Aurora User Guide, "Amazon RDS event categories and event messages for Aurora". */
const CATEGORIES = ['failover', 'failure', 'global-failover'];

/**
 * Events of which somebody must know whatever their category is, and whoever sends them: writes blocked in the old primary (0390), or not to be
 * blocked in time, so that there may be two (0391); the global endpoint leads elsewhere (0397); a version that Aurora changed
 * by itself after a failover, so that the template is wrong (0518); a new primary without a server (0519).
 */
const TOLD = ['0390', '0391', '0397', '0518', '0519'].map((number) => `RDS-EVENT-${number}`);

export interface ClusterEventsProps {
  readonly database: IClusterDatabase;
  /** It must let `events.rds.amazonaws.com` and `events.amazonaws.com` publish. */
  readonly topic: sns.ITopic;
}

/**
 * RDS's own events about the clusters in the Region of `scope`, sent to a topic: by subscription for the usual ones, by a rule
 * for those of a global failover. Best effort and unordered: alarms stay needed. Make one for each Region: after a failover
 * the events of both matter.
 */
export class ClusterEvents extends Construct {
  constructor(scope: Construct, id: string, { database, topic }: ClusterEventsProps) {
    super(scope, id);
    const here = new Set<string>();
    let subscription: rds.CfnEventSubscription | undefined;
    database.onMember((member) => {
      const { region, retired } = member.declared;
      if (retired === 'removed' || region !== Stack.of(this).region) return;
      here.add(member.physicalClusterIdentifier);
      // To RDS, a subscription that names nobody is one to every cluster of the account: there is none before the first.
      subscription ??= new rds.CfnEventSubscription(this, 'Resource', {
        subscriptionName: `${database.topologyName}-clusters`,
        snsTopicArn: inOwnPartition(topic.topicArn),
        sourceType: 'db-cluster',
        eventCategories: CATEGORIES,
        sourceIds: Lazy.list({ produce: () => [...here] }),
      });
      // RDS refuses a subscription to a cluster that does not exist yet.
      const needed = member.resource ?? member.existingResource;
      if (needed !== undefined) subscription.node.addDependency(needed);
    });
    new events.Rule(this, 'Failover', {
      ruleName: `${database.topologyName}-failover`,
      description: `Global failovers of ${database.topologyName}`,
      eventPattern: {
        source: ['aws.rds'],
        detail: {
          EventID: TOLD,
          $or: [
            { SourceIdentifier: Lazy.list({ produce: () => sourcesOf(database, here) }) },
            { Message: Lazy.any({ produce: () => fencesOf(database) }) },
          ],
        },
      },
      targets: [new targets.SnsTopic(topic)],
    });
  }
}

/** The clusters, and the global database itself: it is not documented which of them an event names. */
function sourcesOf({ topologyName, topology }: IClusterDatabase, here: ReadonlySet<string>): string[] {
  return [...here, topology.aws.globalIdentifier ?? topologyName];
}

/**
 * That of a fence (0390, 0391) is sent by a server: of the old primary or, when that cannot be reached, of the new one. Which,
 * nobody knows before, and Aurora may have added it by itself; but its sentence names the old primary. With all servers by name
 * a pattern could be longer than the 2,048 characters that EventBridge takes. Source: Amazon Aurora User Guide, "DB instance
 * events". Never seen live.
 */
function fencesOf({ members }: IClusterDatabase): readonly { readonly wildcard: string }[] {
  return members
    .filter(({ role }) => role !== 'retired')
    .map(({ physicalClusterIdentifier }) => ({ wildcard: `*DB cluster ${physicalClusterIdentifier} in Region *` }));
}
