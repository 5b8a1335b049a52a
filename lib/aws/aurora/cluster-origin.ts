import { CfnResource, Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { ClusterInstance, Member, PromotionRule, Retired, Role } from '../../topology';
import { clusterEngineFrom } from '../engine';
import { ENGINE_DEFAULTS } from '../engine-defaults';
import { existingEncryption } from '../existing-encryption';
import { MasterSecret } from '../master-secret';
import type { RegionalFoundation } from '../regional-foundation';
import { templateLiteral } from '../template-literal';
import { ClusterMember, type ClusterBinding } from './cluster-member';
import type { ClusterProps, ClusterSettings } from './cluster-props';
import { createCluster } from './create-cluster';
import { declareCluster } from './declared-cluster';

/** What an origin is told of the database it begins. */
export interface ClusterOriginContext {
  readonly topologyName: string;
  readonly engine: rds.IClusterEngine;
  readonly settings: ClusterSettings;
  readonly globalIdentifier?: string;
  readonly roleOf: (member: Member) => Role;
  readonly scalesReaders: (member: Member) => boolean;
  /** Makes the Region's shared parts when they are asked for. */
  readonly foundation: () => RegionalFoundation;
}

/** What an origin gives to its database. */
export interface BoundClusterOrigin {
  readonly member: ClusterMember;
  /** @default - the password is not ours to keep */
  readonly masterSecret?: MasterSecret;
  readonly credentials: 'self-managed' | 'rds-managed';
}

/** The cluster from which all others of a database were created. */
export interface IClusterOrigin {
  readonly id: string;
  /** Whether the cluster was there before, outside every global database of this program. */
  readonly isExisting: boolean;
  bind(scope: Construct, context: ClusterOriginContext): BoundClusterOrigin;
}

export interface ClusterOriginProps extends ClusterProps {
  /** Encryption at rest. @default true */
  readonly encrypted?: boolean;
}

/** What cannot be read from an existing cluster. */
export interface ExistingClusterOptions {
  /** Its servers. @default - not known: rules that need them are skipped */
  readonly instances?: readonly ClusterInstance[];
  /** @default - read from the template; not checked for an imported cluster */
  readonly encrypted?: boolean;
  /** @default - read from the template; not checked for an imported cluster */
  readonly engineVersion?: string;
  /** Where it is. @default - the Region of the stack it was defined in or imported into */
  readonly region?: string;
  /** @default 1 */
  readonly promotion?: PromotionRule;
  /** After a promotion. It is not moved to quarantine here. @default - takes part */
  readonly retired?: Retired;
}

/** Origins: created here, or existing already. */
export class ClusterOrigin {
  /** A cluster that is created with the database. */
  static create(id: string, props: ClusterOriginProps): IClusterOrigin {
    return { id, isExisting: false, bind: (scope, context) => createOrigin(id, props, scope, context) };
  }

  /**
   * A cluster that the program has already: an `rds.DatabaseCluster` of its own, or an imported one. It is left as it is; for
   * clusters in other stacks its identifier must be a literal.
   */
  static existing(id: string, cluster: rds.IDatabaseCluster, options: ExistingClusterOptions = {}): IClusterOrigin {
    return { id, isExisting: true, bind: (scope, context) => bindExisting({ id, cluster, options }, scope, context) };
  }

  private constructor() {}
}

function createOrigin(
  id: string,
  props: ClusterOriginProps,
  scope: Construct,
  context: ClusterOriginContext,
): BoundClusterOrigin {
  const { topologyName, engine, settings, globalIdentifier } = context;
  const declared = declareCluster(
    { topologyName, engine: clusterEngineFrom(engine), region: Stack.of(scope).region, id },
    props,
  );
  const credentials = settings.credentials ?? 'self-managed';
  const username = settings.username ?? ENGINE_DEFAULTS[clusterEngineFrom(engine).name].username;
  const masterSecret =
    credentials === 'self-managed' ? new MasterSecret(scope, 'Master', { topologyName, username }) : undefined;
  const member = createCluster(scope, {
    declared,
    role: context.roleOf(declared),
    scalesReaders: context.scalesReaders(declared),
    engine,
    settings,
    encryptionKey: props.encryptionKey,
    globalIdentifier,
    secret: masterSecret?.secret,
    foundation: context.foundation,
  });
  if (member.resource !== undefined) masterSecret?.secret.attach(member);
  return { member, masterSecret, credentials };
}

interface Existing {
  readonly id: string;
  readonly cluster: rds.IDatabaseCluster;
  readonly options: ExistingClusterOptions;
}

function bindExisting(
  { id, cluster, options }: Existing,
  scope: Construct,
  context: ClusterOriginContext,
): BoundClusterOrigin {
  const template = cluster.node.defaultChild;
  const cfn = isClusterTemplate(template) ? template : undefined;
  const text = (value: unknown) => templateLiteral(cluster, value, 'string');
  // RDS knows every cluster by its name in lower case.
  const identifier = text(cfn === undefined ? cluster.clusterIdentifier : cfn.dbClusterIdentifier)?.toLowerCase();
  const declared: Member = {
    id,
    region: options.region ?? Stack.of(cluster).region,
    version: options.engineVersion ?? text(cfn?.engineVersion) ?? cluster.engine?.engineVersion?.fullVersion,
    storage: {},
    instances: options.instances,
    encrypted: options.encrypted ?? (cfn === undefined ? undefined : encryptionOf(cfn)),
    promotion: options.promotion ?? 1,
    retired: options.retired,
    tags: {},
    aws: { identifier },
  };
  const member = new ClusterMember(scope, id, {
    member: declared,
    role: context.roleOf(declared),
    physicalName: identifier ?? cluster.clusterIdentifier,
    bind: () => existingBinding(cluster),
  });
  const managed = cfn?.manageMasterUserPassword === true;
  return { member, credentials: managed ? 'rds-managed' : 'self-managed' };
}

function encryptionOf(cfn: rds.CfnDBCluster): boolean | undefined {
  return existingEncryption(cfn, [
    ...[cfn.snapshotIdentifier, cfn.sourceDbClusterIdentifier, cfn.sourceDbClusterResourceId],
    cfn.replicationSourceIdentifier,
  ]);
}

/** An imported cluster need not know its endpoints and its id, and says so when it is asked for them: nobody asks here. */
function existingBinding(cluster: rds.IDatabaseCluster): ClusterBinding {
  return {
    identifier: cluster.clusterIdentifier,
    get endpoint() {
      return cluster.clusterEndpoint;
    },
    get readEndpoint() {
      return cluster.clusterReadEndpoint;
    },
    get resourceIdentifier() {
      return cluster.clusterResourceIdentifier;
    },
    get instanceIdentifiers() {
      return cluster.instanceIdentifiers;
    },
    connections: cluster.connections,
    engine: cluster.engine,
    existing: cluster,
  };
}

function isClusterTemplate(construct: unknown): construct is rds.CfnDBCluster {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === rds.CfnDBCluster.CFN_RESOURCE_TYPE_NAME;
}
