import { Annotations, Stack, type Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { UnderstudyError, type Member, type MemberId, type Role, type Topology } from '../topology';
import type { DatabaseSettings } from './database-settings';
import { declareReplica } from './declared-member';
import { engineFrom } from './engine';
import { ENGINE_DEFAULTS } from './engine-defaults';
import { isUnknown } from './known-values';
import type { ReplicaProps } from './member-props';
import type { BoundOrigin, IOrigin } from './origin';
import { RegionalFoundation } from './regional-foundation';
import { createReplica } from './replica';
import type { ReplicationMember } from './replication-member';
import { reportFindings } from './report-findings';
import { tagDatabase } from './tag-database';
import { topologyProps, type FromTopologyProps } from './topology-props';
import { unwatchedRegions } from './unwatched-regions';

/** How much may go wrong, and for how long. */
export interface ReplicationObjectives {
  /** Replication lag above which the alarm fires. Whole seconds. */
  readonly lag: Duration;
  /** Most acknowledged writes that may be lost, as a time (RPO). @default - no objective */
  readonly dataLoss?: Duration;
  /** Longest time without a primary when the primary alone is lost (RTO). @default - no objective */
  readonly recovery?: Duration;
  /** Longest time without a primary when its Region is lost (RTO). @default - no objective */
  readonly regionRecovery?: Duration;
}

export interface ReplicatedInstanceProps {
  /** Physical names begin with it. @default - the construct's id in lower case */
  readonly topologyName?: string;
  /** An engine of `rds.DatabaseInstanceEngine` with a full version, or `cdkEngine(...)` for Db2. */
  readonly engine: rds.IEngine;
  /** The member from which all others are created. */
  readonly origin: IOrigin;
  readonly objectives: ReplicationObjectives;
  /** Id of the member that takes writes now. A promotion changes this one property. @default - the origin */
  readonly primary?: MemberId;
  /** The primary commits at least this often; PostgreSQL needs it for lag alarms below 5 minutes. @default - it may be idle */
  readonly heartbeat?: Duration;
  /** Network of the origin's Region. @default - required where a member is created */
  readonly vpc?: ec2.IVpc;
  /** @default - isolated subnets if the VPC has any, else private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** @default - the engine's customary ones */
  readonly settings?: DatabaseSettings;
}

/**
 * A replicated RDS database: the origin, its replicas in any Region, and who of them is primary.
 *
 * Every mistake in the topology is reported at synthesis, all at once. No member's resource depends on who is primary, so
 * that a promotion changes no database in the template.
 */
export class ReplicatedInstance extends Construct {
  /** The database that a topology describes; gives the same template as writing it by hand. */
  static fromTopology(scope: Construct, id: string, props: FromTopologyProps): ReplicatedInstance {
    const { database, replicas } = topologyProps(scope, id, props);
    const instance = new ReplicatedInstance(scope, id, database);
    for (const replica of replicas) instance.addReplica(replica.id, replica.props);
    const scopes = [instance, ...instance.#scopes.values()];
    tagDatabase(props.topology, { scopes, memberOf: (memberId) => instance.member(memberId) });
    return instance;
  }

  readonly topologyName: string;
  /** Id of the member that takes writes now. */
  readonly primaryId: MemberId;
  /** The master user's secret, when it is made here. */
  readonly masterSecret?: secretsmanager.ISecret;

  readonly #props: ReplicatedInstanceProps;
  readonly #origin: BoundOrigin;
  readonly #members = new Map<MemberId, ReplicationMember>();
  readonly #foundations = new Map<string, RegionalFoundation>();
  readonly #scopes = new Map<string, Construct>();
  readonly #observers: ((member: ReplicationMember) => void)[] = [];
  readonly #watchedRegions = new Set<string>();

  constructor(scope: Construct, id: string, props: ReplicatedInstanceProps) {
    super(scope, id);
    this.#props = props;
    this.topologyName = props.topologyName ?? id.toLowerCase();
    this.primaryId = props.primary ?? props.origin.id;
    this.#origin = props.origin.bind(this, {
      topologyName: this.topologyName,
      engine: engineFrom(props.engine),
      engineObject: props.engine,
      settings: props.settings ?? {},
      roleOf: (member) => this.#roleOf(member),
      foundation: () => this.foundationIn(this, props),
    });
    this.masterSecret = this.#origin.masterSecret?.secret;
    this.#add(this.#origin.member);
    this.node.addValidation({ validate: () => this.#validate() });
  }

  /**
   * Adds a replica, in the origin's Region or, with `scope`, in another.
   *
   * @throws UnderstudyError when its source is not there yet, its id is taken, or the Region has no VPC yet.
   */
  addReplica(id: MemberId, props: ReplicaProps = {}): ReplicationMember {
    const sourceId = props.replicaOf ?? this.#props.origin.id;
    const source = this.#members.get(sourceId);
    if (this.#members.has(id)) {
      throw new UnderstudyError(
        'duplicate-id',
        `${this.topologyName} has a member ${id} already; allowed: each id once; fix: choose another id`,
      );
    }
    if (source === undefined) {
      throw new UnderstudyError(
        'source-unknown',
        `${id} is a replica of ${sourceId}, which ${this.topologyName} does not have; allowed: ${[...this.#members.keys()].join(', ')}; fix: add ${sourceId} first`,
      );
    }
    const scope = props.scope ?? this;
    const engine = engineFrom(this.#props.engine);
    const region = (props.retired === 'removed' ? props.region : undefined) ?? Stack.of(scope).region;
    const declared = declareReplica({ topologyName: this.topologyName, engine, id, region }, props, source.declared);
    const member = createReplica(this.#regionScope(scope), {
      declared,
      role: this.#roleOf(declared),
      source,
      engine,
      engineObject: this.#props.engine,
      settings: this.#props.settings ?? {},
      encryptionKey: props.encryptionKey,
      foundation: () => this.foundationIn(scope, props),
    });
    this.#add(member);
    return member;
  }

  /** @throws UnderstudyError when there is no such member */
  member(id: MemberId): ReplicationMember {
    const member = this.#members.get(id);
    if (member !== undefined) return member;
    throw new UnderstudyError(
      'member-unknown',
      `${this.topologyName} has no member ${id}; allowed: ${[...this.#members.keys()].join(', ')}; fix: name one of them`,
    );
  }

  get members(): readonly ReplicationMember[] {
    return [...this.#members.values()];
  }

  /** The member that takes writes now. */
  get primary(): ReplicationMember {
    return this.member(this.primaryId);
  }

  /** The topology as it stands. Values that are only known at deployment are tokens in it. */
  get topology(): Topology {
    const { objectives, heartbeat, settings = {} } = this.#props;
    return {
      name: this.topologyName,
      cloud: 'aws',
      kind: 'instances',
      engine: engineFrom(this.#props.engine),
      primary: this.primaryId,
      objectives: {
        lag: objectives.lag.toSeconds(),
        dataLoss: objectives.dataLoss?.toSeconds(),
        recovery: { member: objectives.recovery?.toSeconds(), region: objectives.regionRecovery?.toSeconds() },
      },
      heartbeat: heartbeat?.toSeconds(),
      tags: {},
      members: this.members.map(({ declared }) => declared),
      aws: {
        credentials: this.#origin.credentials,
        parameters: settings.parameters ?? {},
        license: settings.licenseModel as Topology['aws']['license'],
        iamAuthentication: settings.iamAuthentication,
        deletionProtection: settings.deletionProtection ?? true,
        notify: [],
        regions: {},
      },
    };
  }

  /** Calls back for every member that is there and for every one that is added later. */
  onMember(callback: (member: ReplicationMember) => void): void {
    this.#observers.push(callback);
    this.members.forEach(callback);
  }

  /** Says that the lag of the members in a Region is watched: a Region with replicas that is forgotten beside it is warned of. */
  markWatched(region: string): void {
    this.#watchedRegions.add(region);
  }

  /**
   * What the members in the Region of `scope` share.
   *
   * @throws UnderstudyError when nothing is there yet and no VPC is given, or when another VPC or stack is given.
   */
  foundationIn(
    scope: Construct,
    network: { vpc?: ec2.IVpc; vpcSubnets?: ec2.SubnetSelection } = {},
  ): RegionalFoundation {
    const stack = Stack.of(scope);
    const region = isUnknown(stack.region) ? stack.node.path : stack.region;
    const existing = this.#foundations.get(region);
    if (existing !== undefined) {
      if (Stack.of(existing) !== stack) {
        throw new UnderstudyError(
          'stack-differs',
          `a member of ${this.topologyName} in ${region} is given the stack ${stack.node.path}; allowed: ${Stack.of(existing).node.path}, all members of one Region share groups that are there; fix: pass a scope in that stack`,
        );
      }
      if (network.vpc === undefined || network.vpc === existing.vpc) return existing;
      throw new UnderstudyError(
        'vpc-differs',
        `a member of ${this.topologyName} in ${region} is given the VPC ${network.vpc.node.path}; allowed: ${existing.vpc.node.path}, RDS wants all replicas of one Region in one VPC; fix: leave vpc out`,
      );
    }
    const vpc = network.vpc ?? (stack === Stack.of(this) ? this.#props.vpc : undefined);
    if (vpc === undefined) {
      throw new UnderstudyError(
        'vpc-missing',
        `${this.topologyName} has no VPC for ${region}; allowed: the VPC of that Region; fix: pass vpc with the first member there`,
      );
    }
    const { engine, settings = {} } = this.#props;
    const foundation = new RegionalFoundation(this.#regionScope(scope), 'Region', {
      topologyName: this.topologyName,
      engine: engineFrom(engine),
      family: engine.parameterGroupFamily,
      port: settings.port ?? ENGINE_DEFAULTS[engineFrom(engine).name].port,
      vpc,
      vpcSubnets: network.vpcSubnets ?? (vpc === this.#props.vpc ? this.#props.vpcSubnets : undefined),
      parameters: settings.parameters,
    });
    this.#foundations.set(region, foundation);
    return foundation;
  }

  /** Where this database's constructs live in the stack of `scope`: under the same id everywhere. */
  #regionScope(scope: Construct): Construct {
    if (Stack.of(scope) === Stack.of(this)) return this;
    const { region } = Stack.of(scope);
    const existing = this.#scopes.get(region);
    if (existing !== undefined) return existing;
    const made = new Construct(scope, this.node.id);
    this.#scopes.set(region, made);
    return made;
  }

  #roleOf(member: Member): Role {
    if (member.retired !== undefined) return 'retired';
    return member.id === this.primaryId ? 'primary' : 'replica';
  }

  #add(member: ReplicationMember): void {
    this.#members.set(member.memberId, member);
    const { region, promotion, retired } = member.declared;
    const isElsewhere = region !== undefined && !isUnknown(region) && region !== Stack.of(this).region;
    // A promotion takes no copy away: a member that it retires still has the password.
    if (isElsewhere && promotion !== 'never' && retired !== 'removed') this.#origin.masterSecret?.replicateTo(region);
    this.#observers.forEach((observer) => {
      observer(member);
    });
  }

  #validate(): string[] {
    const errors = reportFindings(this, this.topology);
    const replicas = this.members.filter(({ role }) => role === 'replica');
    for (const message of unwatchedRegions(replicas, this.#watchedRegions, 'ReplicationLagAlarms')) {
      Annotations.of(this).addWarningV2('db-understudy:region-without-lag-alarms', message);
    }
    return errors;
  }
}
