import * as pulumi from '@pulumi/pulumi';
import { Database, DatabaseInstance, User } from '@pulumi/gcp/sql';
import {
  formatFinding,
  UnderstudyError,
  type Member,
  type MemberId,
  type Topology,
  type TopologyInput,
} from '../topology';
import { existingNames, refuseExistingRoles } from './existing-instances';
import { instanceArgs, type InstanceContext } from './instance-args';
import { knownTopology, type DeployedValues } from './known-topology';
import { instanceName, memberRoles, type MemberRole } from './member-role';
import { pending } from './pending';

export interface CloudSqlTopologyArgs extends DeployedValues {
  /** As it is written in TypeScript, or as `parse()` and `define()` return it. */
  readonly topology: Topology | TopologyInput;
  /** @default - that of the topology; else that of the provider */
  readonly project?: pulumi.Input<string>;
  /**
   * Members that the program has already, by id: the instance is left as it is, and its role is the program's to change.
   * Its name has to be the one that the topology gives to the member (`gcp.name`).
   */
  readonly existing?: Readonly<Record<MemberId, DatabaseInstance>>;
  /** Password of the root user, of the origin. Kept as a secret. @default - Cloud SQL makes none; SQL Server demands one */
  readonly rootPassword?: pulumi.Input<string>;
  /** Databases to create. They are never dropped: taken away here, they are abandoned. @default - none */
  readonly databases?: readonly string[];
  /** Users to create, with their passwords, which are kept as secrets. @default - none */
  readonly users?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A member among the others, of which the one that it follows is there already. */
interface Place {
  readonly member: Member;
  readonly role: MemberRole;
  readonly followed: DatabaseInstance | undefined;
}

/**
 * A replicated database on Cloud SQL: one instance for each member, named by identity.
 *
 * Everything that depends on roles is computed from the topology: instance types, sources, the names by which the provider
 * tells a switchover from a promotion, the DR replica, backups.
 *
 * @throws TopologyRefused at once for what is known; the rest fails before anything is made from it.
 */
export class CloudSqlTopology extends pulumi.ComponentResource {
  /** By id, those that still exist. */
  readonly instances: ReadonlyMap<MemberId, DatabaseInstance>;
  /** Connection names by id, for connectors and the Auth Proxy. */
  readonly connectionNames: pulumi.Output<Record<MemberId, string>>;
  /** The name that leads to whoever is primary (Enterprise Plus with private services access); else undefined. */
  readonly writeEndpoint: pulumi.Output<string | undefined>;
  /** What is still to do, in order; empty when nothing is. */
  readonly pending: pulumi.Output<readonly string[]>;
  /** As it was checked: what is known at deployment only is stood in for. */
  readonly topology: Topology;

  constructor(name: string, args: CloudSqlTopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super('understudy:gcp:CloudSqlTopology', name, {}, opts);
    const known = knownTopology(args.topology, args);
    const { topology } = known;
    for (const finding of known.warnings) void pulumi.log.warn(formatFinding(finding), this);
    const { existing = {}, rootPassword } = args;
    refuseExistingRoles(existing, topology);
    refuseMissingPassword(args, topology);
    const project = projectOf(args, topology);
    const roles = memberRoles(topology);
    const names = new Map<MemberId, pulumi.Input<string>>([
      ...topology.members.map((member) => [member.id, instanceName(member)] as const),
      ...existingNames(existing, topology),
    ]);
    this.topology = topology;
    this.instances = this.#instances(name, existing, { known, roles, names, project, rootPassword });
    this.#databasesAndUsers(name, args, project);
    this.connectionNames = pulumi.output(
      Object.fromEntries([...this.instances].map(([id, instance]) => [id, instance.connectionName])),
    );
    this.writeEndpoint = this.primary.replicationCluster.apply(
      (cluster) => (cluster as { psaWriteEndpoint?: string } | undefined)?.psaWriteEndpoint,
    );
    this.pending = pending({ topology, roles, instances: this.instances, existing: new Set(Object.keys(existing)) });
    this.#tell();
    this.registerOutputs({
      connectionNames: this.connectionNames,
      writeEndpoint: this.writeEndpoint,
      pending: this.pending,
    });
  }

  /** The instance that takes writes once this deployment is done. */
  get primary(): DatabaseInstance {
    const { primary, gcp } = this.topology;
    return this.instance(gcp?.transition?.to ?? primary);
  }

  /** @throws UnderstudyError when there is no such member */
  instance(id: MemberId): DatabaseInstance {
    const instance = this.instances.get(id);
    if (instance !== undefined) return instance;
    throw new UnderstudyError(
      'member-unknown',
      `${this.topology.name} has no instance ${id}; allowed: ${[...this.instances.keys()].join(', ')}; fix: name one of them`,
    );
  }

  /** Those that are followed come before those that follow: a tree, so that nothing waits for itself. */
  #instances(
    name: string,
    existing: Readonly<Record<MemberId, DatabaseInstance>>,
    context: InstanceContext,
  ): ReadonlyMap<MemberId, DatabaseInstance> {
    const { members } = context.known.topology;
    const made = new Map<MemberId, DatabaseInstance>();
    const make = (id: MemberId): DatabaseInstance | undefined => {
      const member = members.find((each) => each.id === id);
      const role = context.roles.get(id);
      if (made.has(id) || member === undefined || role === undefined) return made.get(id);
      const followed = role.follows === undefined ? undefined : make(role.follows);
      const instance = existing[id] ?? this.#instance(name, { member, role, followed }, context);
      made.set(id, instance);
      return instance;
    };
    return new Map(
      members.flatMap(({ id }) => {
        const instance = make(id);
        return instance === undefined ? [] : [[id, instance] as const];
      }),
    );
  }

  #instance(name: string, { member, role, followed }: Place, context: InstanceContext): DatabaseInstance {
    return new DatabaseInstance(`${name}-${member.id}`, instanceArgs(member, role, context), {
      parent: this,
      dependsOn: followed === undefined ? [] : [followed],
      // What stands between stale state and the end of a database.
      protect: member.gcp?.deletionProtection ?? true,
      // A volume that Cloud SQL may grow is not to be shrunk again, which would be a replacement.
      ignoreChanges: member.storage.growTo === undefined ? [] : ['settings.diskSize'],
    });
  }

  /**
   * Made on whoever is primary then, and known there for ever: in another instance's name they would be made anew. Those of a
   * former primary are replicated to it like everything else.
   */
  #databasesAndUsers(
    name: string,
    { databases = [], users = {} }: CloudSqlTopologyArgs,
    project: pulumi.Input<string> | undefined,
  ): void {
    const options = { parent: this, dependsOn: [this.primary], ignoreChanges: ['instance'] };
    const common = { instance: this.primary.name, project, deletionPolicy: 'ABANDON' };
    for (const database of databases) {
      new Database(`${name}-${database}`, { ...common, name: database }, options);
    }
    for (const [user, password] of Object.entries(users)) {
      new User(`${name}-${user}`, { ...common, name: user, password: pulumi.secret(password) }, options);
    }
  }

  /** Says at the end of the deployment what comes next. */
  #tell(): void {
    this.pending.apply((steps) => {
      if (steps.length > 0) void pulumi.log.warn(`still to do: ${steps.join('; then ')}`, this);
    });
  }
}

/** @throws UnderstudyError when Cloud SQL would refuse to make the origin without one */
function refuseMissingPassword({ rootPassword, existing = {} }: CloudSqlTopologyArgs, topology: Topology): void {
  const origin = topology.members.find(({ id, replicaOf }) => replicaOf === undefined && existing[id] === undefined);
  if (topology.engine.name !== 'sqlserver' || origin === undefined || rootPassword !== undefined) return;
  throw new UnderstudyError(
    'root-password-missing',
    `no rootPassword is given for ${origin.id} of ${topology.name}, which runs SQL Server; allowed: a password, kept as a secret; fix: pass rootPassword: config.requireSecret('rootPassword')`,
  );
}

/** @throws UnderstudyError when nothing tells the project and its name is needed */
function projectOf(args: CloudSqlTopologyArgs, topology: Topology): pulumi.Input<string> | undefined {
  const project = args.project ?? topology.gcp?.project ?? new pulumi.Config('gcp').get('project');
  if (project !== undefined || topology.gcp?.drReplica === undefined) return project;
  throw new UnderstudyError(
    'project-missing',
    `the topology ${topology.name} has a DR replica and nothing tells its project; allowed: a project id; fix: set gcp.project in the topology, or pulumi config set gcp:project`,
  );
}
