import { Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { TopologyView } from '../topology';
import { memberLagAlarms, type MemberLagAlarms } from './member-lag-alarms';
import type { ReplicatedInstance } from './replicated-instance';
import { ReplicationEvents } from './replication-events';
import type { ReplicationMember } from './replication-member';
import { sourceLogAlarms } from './source-log-alarms';

export interface ReplicationLagAlarmsProps {
  readonly database: ReplicatedInstance;
  /** Gets every alarm, and RDS's own events about replication. It must let CloudWatch and RDS publish. @default - nobody is told */
  readonly topic?: sns.ITopic;
  /** More actions for every alarm. @default - none */
  readonly actions?: readonly cloudwatch.IAlarmAction[];
}

/**
 * Alarms on the replication of those members that are in the Region of `scope`: that is where their metrics are. Make one
 * for each Region. Members that are added later are included; the primary and retired members have none.
 */
export class ReplicationLagAlarms extends Construct {
  /** In alarm when no promotable replica of this Region meets its objective. Undefined while there is none to promote. */
  nothingPromotable?: cloudwatch.CompositeAlarm;

  readonly #database: ReplicatedInstance;
  readonly #actions: readonly cloudwatch.IAlarmAction[];
  readonly #lagAlarms = new Map<string, MemberLagAlarms>();
  readonly #watchedSources = new Set<string>();

  constructor(scope: Construct, id: string, { database, topic, actions: more = [] }: ReplicationLagAlarmsProps) {
    super(scope, id);
    this.#database = database;
    this.#actions = topic === undefined ? more : [new actions.SnsAction(topic), ...more];
    if (topic !== undefined) new ReplicationEvents(this, 'Events', { database, topic });
    database.markWatched(Stack.of(this).region);
    database.onMember((member) => {
      this.#watch(member);
    });
  }

  /** The alarms of a replica in this Region; undefined for any other member. */
  alarmsOf(memberId: string): MemberLagAlarms | undefined {
    return this.#lagAlarms.get(memberId);
  }

  #watch(member: ReplicationMember): void {
    if (member.role !== 'replica') return;
    this.#watchSource(member);
    if (!this.#isHere(member)) return;
    const alarms = memberLagAlarms(this, member, this.#database.topology);
    this.#lagAlarms.set(member.memberId, alarms);
    this.#act(alarms.late, alarms.broken, alarms.silent);
    if (member.declared.promotion !== 'never') this.nothingPromotable ??= this.#compose();
  }

  /** A source is watched from its first replica on, wherever that one is. */
  #watchSource(replica: ReplicationMember): void {
    const source = this.#database.member(replica.declared.replicaOf ?? this.#database.primaryId);
    if (!this.#isHere(source) || source.role === 'retired' || this.#watchedSources.has(source.memberId)) return;
    this.#watchedSources.add(source.memberId);
    this.#act(...sourceLogAlarms(this, this.#database.topology.engine.name, source));
  }

  #isHere(member: ReplicationMember): boolean {
    return member.declared.region === Stack.of(this).region;
  }

  #compose(): cloudwatch.CompositeAlarm {
    const { topologyName } = this.#database;
    const composite = new cloudwatch.CompositeAlarm(this, 'NothingPromotable', {
      compositeAlarmName: `${topologyName}-nothing-promotable`,
      alarmDescription: `No promotable replica of ${topologyName} in this Region meets its objective: a failover into it would lose more than was agreed.`,
      // Members may still be added: the rule is written when the template is.
      alarmRule: { renderAlarmRule: () => Lazy.string({ produce: () => this.#rule() }) },
    });
    this.#act(composite);
    return composite;
  }

  #rule(): string {
    const { promotable } = new TopologyView(this.#database.topology);
    const here = promotable.map(({ id }) => this.#lagAlarms.get(id)).filter((alarms) => alarms !== undefined);
    return here
      .map(({ late, broken, silent }) => `(${[late, broken, silent].map(inAlarm).join(' OR ')})`)
      .join(' AND ');
  }

  #act(...alarms: readonly cloudwatch.AlarmBase[]): void {
    for (const alarm of alarms) {
      alarm.addAlarmAction(...this.#actions);
      alarm.addOkAction(...this.#actions);
    }
  }
}

function inAlarm({ alarmArn }: cloudwatch.Alarm): string {
  return `ALARM("${alarmArn}")`;
}
