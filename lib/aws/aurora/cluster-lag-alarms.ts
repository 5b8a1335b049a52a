import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { IClusterDatabase } from './cluster-database';
import { ClusterEvents } from './cluster-events';
import type { ClusterMember } from './cluster-member';
import { linkAlarms, type LinkAlarms } from './link-alarms';
import { multiAzAlarms } from './multi-az-alarms';
import { readerAlarms } from './reader-alarms';

export interface ClusterLagAlarmsProps {
  readonly database: IClusterDatabase;
  /** Gets every alarm, and RDS's own events about the clusters. It must let CloudWatch, RDS and EventBridge publish. @default - nobody is told */
  readonly topic?: sns.ITopic;
  /** More actions for every alarm. @default - none */
  readonly actions?: readonly cloudwatch.IAlarmAction[];
}

/**
 * Alarms on the replication of those clusters that are in the Region of `scope`: that is where their metrics are. Make one
 * for each Region, also for that of the primary: after a switchover it is a secondary's.
 */
export class ClusterLagAlarms extends Construct {
  readonly #props: ClusterLagAlarmsProps;
  readonly #actions: readonly cloudwatch.IAlarmAction[];
  readonly #links = new Map<string, LinkAlarms>();

  constructor(scope: Construct, id: string, props: ClusterLagAlarmsProps) {
    super(scope, id);
    const { database, topic, actions: more = [] } = props;
    this.#props = props;
    this.#actions = topic === undefined ? more : [new actions.SnsAction(topic), ...more];
    if (topic !== undefined) new ClusterEvents(this, 'Events', { database, topic });
    database.markWatched(Stack.of(this).region);
    database.onMember((member) => {
      this.#watch(member);
    });
  }

  /** The alarms of the link to a cluster in this Region; undefined for any other. */
  alarmsOf(memberId: string): LinkAlarms | undefined {
    return this.#links.get(memberId);
  }

  #watch(member: ClusterMember): void {
    if (member.role === 'retired' || member.declared.region !== Stack.of(this).region) return;
    const { topology } = this.#props.database;
    const link = linkAlarms(this, member, topology);
    if (link !== undefined) {
      this.#links.set(member.memberId, link);
      this.#act(link.late, link.broken, link.silent);
    }
    const readers = topology.kind === 'multi-az-cluster' ? multiAzAlarms : readerAlarms;
    this.#act(...readers(this, member, topology));
  }

  #act(...alarms: readonly cloudwatch.AlarmBase[]): void {
    for (const alarm of alarms) {
      alarm.addAlarmAction(...this.#actions);
      alarm.addOkAction(...this.#actions);
    }
  }
}
