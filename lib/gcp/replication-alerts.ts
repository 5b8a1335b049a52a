import * as pulumi from '@pulumi/pulumi';
import { AlertPolicy } from '@pulumi/gcp/monitoring';
import { formatDuration, type Member, type MemberId } from '../topology';
import { replicaConditions, sourceConditions, type Condition } from './alert-conditions';
import type { CloudSqlTopology } from './cloud-sql-topology';
import { isPool, memberRoles } from './member-role';
import { databaseId } from './replication-metrics';

export interface ReplicationAlertsArgs {
  readonly database: CloudSqlTopology;
  /** Ids of the channels that hear of it. @default - incidents are opened, and nobody is told */
  readonly notificationChannels?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** PostgreSQL: bytes of log that a replica may be behind, or that a slot may keep. @default 1 GiB */
  readonly logBytes?: number;
}

const GIB = 1024 ** 3;

/** Incidents of which nothing more is heard are closed: as Google's own policies have it. */
const AUTO_CLOSE = '604800s';

interface Policy {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
  readonly conditions: Condition[];
  readonly help: string;
}

/**
 * Alerts on the replication of a topology: for every member one policy, which is on while the member follows somebody. So a
 * promotion turns policies on and off, and neither makes nor deletes one.
 */
export class ReplicationAlerts extends pulumi.ComponentResource {
  /** By member: late, not replicating, silent, in error. */
  readonly members: ReadonlyMap<MemberId, AlertPolicy>;
  /** PostgreSQL: the log that sources keep for replicas. Undefined for other engines, and where nobody follows anybody. */
  readonly sources?: AlertPolicy;

  readonly #args: ReplicationAlertsArgs;
  readonly #name: string;

  constructor(name: string, args: ReplicationAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('understudy:gcp:ReplicationAlerts', name, {}, opts);
    this.#args = args;
    this.#name = name;
    const { topology } = args.database;
    const roles = memberRoles(topology);
    const watched = topology.members.filter(({ id, retired }) => roles.has(id) && retired === undefined);
    this.members = new Map(
      watched.map((member) => [member.id, this.#member(member, roles.get(member.id)?.follows !== undefined)] as const),
    );
    const followed = new Set(watched.map(({ id }) => roles.get(id)?.follows));
    // In the midst of a switchover nobody follows the new primary yet.
    const sources = watched.filter(({ id }) => followed.has(id) || (roles.get(id)?.replicas ?? []).length > 0);
    if (topology.engine.name === 'postgres' && sources.length > 0) this.sources = this.#sources(sources);
    this.registerOutputs({});
  }

  #member(member: Member, enabled: boolean): AlertPolicy {
    const { database } = this.#args;
    const { objectives, gcp } = database.topology;
    const scope = { ids: [databaseId(database.instance(member.id))], withNodes: isPool(member) };
    return this.#policy({
      id: member.id,
      title: `replication of ${member.id}`,
      enabled,
      conditions: replicaConditions({ scope, lag: objectives.lag, after: gcp?.alarmAfter ?? 0 }),
      help:
        `${member.id} is to be at most ${formatDuration(objectives.lag)} behind. A negative lag, or none, is replication that ` +
        'does not run. While that lasts, a promotion of it loses what it has not got.',
    });
  }

  #sources(sources: readonly Member[]): AlertPolicy {
    const { database, logBytes = GIB } = this.#args;
    const ids = sources.map(({ id }) => databaseId(database.instance(id)));
    return this.#policy({
      id: 'sources',
      title: 'log kept for replicas',
      enabled: true,
      conditions: sourceConditions({
        scope: { ids },
        bytes: logBytes,
        after: database.topology.gcp?.alarmAfter ?? 0,
      }),
      help: 'A replica that gets no log makes its source keep it: the disk of the source fills until the replica is mended or removed.',
    });
  }

  #policy({ id, title, enabled, conditions, help }: Policy): AlertPolicy {
    const { database, notificationChannels } = this.#args;
    const { name } = database.topology;
    return new AlertPolicy(
      `${this.#name}-${id}`,
      {
        project: database.primary.project,
        displayName: `${name}: ${title}`,
        combiner: 'OR',
        ...{ conditions, enabled },
        notificationChannels: pulumi
          .output(notificationChannels)
          .apply((channels) => (channels === undefined ? [] : [...channels])),
        documentation: { content: help, mimeType: 'text/markdown' },
        alertStrategy: { autoClose: AUTO_CLOSE },
        userLabels: { 'understudy-topology': name.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-') },
      },
      { parent: this },
    );
  }
}
