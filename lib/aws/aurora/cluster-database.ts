import { Annotations, Stack, type Duration } from 'aws-cdk-lib';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import {
  UnderstudyError,
  type Member,
  type MemberId,
  type Role,
  type Topology,
  type TopologyKind,
} from '../../topology';
import { clusterEngineFrom } from '../engine';
import { isUnknown } from '../known-values';
import type { MasterSecret } from '../master-secret';
import type { ReplicationObjectives } from '../replicated-instance';
import type { ClusterMember } from './cluster-member';
import type { ClusterNetwork, ClusterSettings, SecondaryProps } from './cluster-props';
import { ClusterRegions } from './cluster-regions';
import { reportFindings } from '../report-findings';
import { unwatchedRegions } from '../unwatched-regions';
import { createCluster } from './create-cluster';
import { declareCluster } from './declared-cluster';
import type { IClusterOrigin } from './cluster-origin';

/** What alarms, events and dashboards need to know of a database that is made of clusters. */
export interface IClusterDatabase {
  readonly topologyName: string;
  /** Id of the cluster that takes writes now. */
  readonly primaryId: MemberId;
  readonly members: readonly ClusterMember[];
  /** The master user's secret, when it is made here. */
  readonly masterSecret?: secretsmanager.ISecret;
  /** The topology as it stands. Values that are only known at deployment are tokens in it. */
  readonly topology: Topology;
  /** Calls back for every cluster that is there and for every one that is added later. */
  onMember(callback: (member: ClusterMember) => void): void;
  /** Says that the clusters in a Region are watched: another one that is forgotten beside it is warned of. */
  markWatched(region: string): void;
}

/** What a user says of a database that is made of clusters. */
export interface ClusterDatabaseOptions {
  /** Physical names begin with it. @default - the construct's id in lower case */
  readonly topologyName?: string;
  /** An Aurora engine of `rds.DatabaseClusterEngine` with a full version. */
  readonly engine: rds.IClusterEngine;
  /** The cluster that is there first, with the master user. */
  readonly origin: IClusterOrigin;
  readonly objectives: ReplicationObjectives;
  /** Id of the cluster that takes writes now. A switchover changes this one property. @default - the origin */
  readonly primary?: MemberId;
  /** Network of the origin's Region. @default - required where a cluster is created */
  readonly network?: ClusterNetwork;
  /** @default - the engine's customary ones */
  readonly settings?: ClusterSettings;
}

export interface ClusterDatabaseProps {
  readonly kind: Exclude<TopologyKind, 'instances' | 'multi-az-cluster'>;
  readonly topologyName: string;
  readonly engine: rds.IClusterEngine;
  readonly origin: IClusterOrigin;
  readonly objectives: ReplicationObjectives;
  readonly primary?: MemberId;
  readonly network: ClusterNetwork;
  readonly settings: ClusterSettings;
}

/** The clusters of one database: what replicated clusters and global databases have in common. No construct of its own. */
export class ClusterDatabase implements Omit<IClusterDatabase, 'masterSecret'> {
  readonly topologyName: string;
  readonly primaryId: MemberId;
  readonly regions: ClusterRegions;
  readonly masterSecret?: MasterSecret;

  readonly #owner: Construct;
  readonly #props: ClusterDatabaseProps;
  readonly #credentials: 'self-managed' | 'rds-managed';
  readonly #members = new Map<MemberId, ClusterMember>();
  readonly #watchedRegions = new Set<string>();
  readonly #observers: ((member: ClusterMember) => void)[] = [];

  constructor(owner: Construct, props: ClusterDatabaseProps) {
    const { topologyName, engine, origin, settings } = props;
    this.#owner = owner;
    this.#props = props;
    this.topologyName = topologyName;
    this.primaryId = props.primary ?? origin.id;
    this.regions = new ClusterRegions(owner, { topologyName, engine, port: settings.port });
    const bound = origin.bind(owner, {
      topologyName,
      engine,
      settings,
      globalIdentifier: this.globalIdentifier,
      roleOf: (member) => this.#roleOf(member),
      scalesReaders: (member) => this.#scalesReaders(member),
      foundation: () => this.regions.foundationIn(owner, props.network),
    });
    this.masterSecret = bound.masterSecret;
    this.#credentials = bound.credentials;
    this.#add(bound.member);
    owner.node.addValidation({ validate: () => this.#validate() });
  }

  /** Literal identifier of the global database; undefined where there is none. */
  get globalIdentifier(): string | undefined {
    if (this.#props.kind !== 'global') return undefined;
    return this.#props.settings.globalIdentifier ?? this.topologyName;
  }

  get members(): readonly ClusterMember[] {
    return [...this.#members.values()];
  }

  /** @throws UnderstudyError when there is no such cluster */
  member(id: MemberId): ClusterMember {
    const member = this.#members.get(id);
    if (member !== undefined) return member;
    throw new UnderstudyError(
      'member-unknown',
      `${this.topologyName} has no member ${id}; allowed: ${[...this.#members.keys()].join(', ')}; fix: name one of them`,
    );
  }

  /** Adds a cluster in the Region of `scope`. @throws UnderstudyError when its id is taken or its source is not there yet */
  addCluster(scope: Construct, id: MemberId, props: SecondaryProps): ClusterMember {
    if (this.#members.has(id)) {
      throw new UnderstudyError(
        'duplicate-id',
        `${this.topologyName} has a member ${id} already; allowed: each id once; fix: choose another id`,
      );
    }
    const { topologyName, engine, settings, origin } = this.#props;
    const source = this.member(props.replicaOf ?? origin.id);
    const region = (props.retired === 'removed' ? props.region : undefined) ?? Stack.of(scope).region;
    const declared = declareCluster(
      { topologyName, engine: clusterEngineFrom(engine), region, id },
      props,
      source.declared,
    );
    const member = createCluster(this.regions.scopeIn(scope), {
      declared,
      role: this.#roleOf(declared),
      scalesReaders: this.#scalesReaders(declared),
      engine,
      settings,
      encryptionKey: props.encryptionKey,
      globalIdentifier: this.globalIdentifier,
      source,
      foundation: () => this.regions.foundationIn(scope, this.#networkIn(scope, props)),
    });
    this.#add(member);
    return member;
  }

  get topology(): Topology {
    const { kind, engine, objectives, settings } = this.#props;
    return {
      name: this.topologyName,
      cloud: 'aws',
      kind,
      engine: clusterEngineFrom(engine),
      primary: this.primaryId,
      objectives: {
        lag: objectives.lag.toSeconds(),
        dataLoss: seconds(objectives.dataLoss),
        recovery: { member: seconds(objectives.recovery), region: seconds(objectives.regionRecovery) },
      },
      tags: {},
      members: this.members.map(({ declared }) => declared),
      aws: {
        credentials: this.#credentials,
        parameters: settings.parameters ?? {},
        iamAuthentication: settings.iamAuthentication,
        deletionProtection: settings.deletionProtection ?? true,
        globalIdentifier: settings.globalIdentifier,
        writeForwarding: settings.writeForwarding,
        notify: [],
        regions: {},
      },
    };
  }

  onMember(callback: (member: ClusterMember) => void): void {
    this.#observers.push(callback);
    this.members.forEach(callback);
  }

  markWatched(region: string): void {
    this.#watchedRegions.add(region);
  }

  #networkIn(scope: Construct, { vpc, vpcSubnets }: SecondaryProps): ClusterNetwork {
    const isHome = Stack.of(scope) === Stack.of(this.#owner);
    return vpc === undefined && isHome ? this.#props.network : { vpc, vpcSubnets };
  }

  #roleOf(member: Member): Role {
    if (member.retired !== undefined) return 'retired';
    return member.id === this.primaryId ? 'primary' : 'replica';
  }

  /** Aurora scales no readers of a secondary: its clusters begin to when they are primary. */
  #scalesReaders(member: Member): boolean {
    const takesWrites = this.#props.kind !== 'global' || this.#roleOf(member) === 'primary';
    return member.retired === undefined && takesWrites;
  }

  #add(member: ClusterMember): void {
    this.#members.set(member.memberId, member);
    const { region, promotion, retired } = member.declared;
    const isElsewhere = region !== undefined && !isUnknown(region) && region !== Stack.of(this.#owner).region;
    if (isElsewhere && promotion !== 'never' && retired !== 'removed') this.masterSecret?.replicateTo(region);
    this.#observers.forEach((observer) => {
      observer(member);
    });
  }

  #validate(): string[] {
    const errors = reportFindings(this.#owner, this.topology);
    // In a global database the lag of whoever is primary now is sent where it is after the next switchover.
    const lagging = this.members.filter(
      ({ role }) => role === 'replica' || (role === 'primary' && this.#props.kind === 'global'),
    );
    for (const message of unwatchedRegions(lagging, this.#watchedRegions, 'ClusterLagAlarms')) {
      Annotations.of(this.#owner).addWarningV2('db-understudy:region-without-lag-alarms', message);
    }
    return errors;
  }
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds();
}
