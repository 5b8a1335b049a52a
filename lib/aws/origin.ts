import { Stack, type Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { UnderstudyError, type Engine, type Member, type PromotionRule, type Retired, type Role } from '../topology';
import type { DatabaseSettings } from './database-settings';
import { declareOrigin } from './declared-member';
import { ENGINE_DEFAULTS } from './engine-defaults';
import { existingFacts } from './existing-facts';
import { authenticatesByIam, originTemplate } from './instance-template';
import { isUnknown } from './known-values';
import { MasterSecret } from './master-secret';
import type { OriginProps } from './member-props';
import type { RegionalFoundation } from './regional-foundation';
import { createdBinding, removedMember, ReplicationMember } from './replication-member';

/** What an origin is told of the database it begins. */
export interface OriginContext {
  readonly topologyName: string;
  readonly engine: Engine;
  readonly engineObject: rds.IEngine;
  readonly settings: DatabaseSettings;
  readonly roleOf: (member: Member) => Role;
  /** Makes the Region's shared parts when they are asked for. */
  readonly foundation: () => RegionalFoundation;
}

/** What an origin gives to its database. */
export interface BoundOrigin {
  readonly member: ReplicationMember;
  /** @default - the password is not ours to keep */
  readonly masterSecret?: MasterSecret;
  /** What is known of an existing instance's password. */
  readonly credentials: 'self-managed' | 'rds-managed';
}

/** The member from which all others of a database are created. */
export interface IOrigin {
  readonly id: string;
  bind(scope: Construct, context: OriginContext): BoundOrigin;
}

/** What cannot be read from an existing instance. */
export interface ExistingInstanceOptions {
  /**
   * Where the instance is.
   *
   * @default - the Region of the stack it was defined in or imported into
   */
  readonly region?: string;
  /**
   * Backups that it keeps: replicas need some.
   *
   * @default - read from the template; not checked for an imported instance
   */
  readonly backupRetentionDays?: number;
  /** @default - read from the template; not checked for an imported instance */
  readonly encrypted?: boolean;
  /** Its class, for example `r7g.large`. @default - read from the template; not checked for an imported instance */
  readonly instanceType?: ec2.InstanceType;
  /** Its volume. @default - read from the template; not checked for an imported instance */
  readonly allocatedStorage?: Size;
  /** @default - read from the template; not stated for an imported instance, whose replicas then take it from the source */
  readonly storageType?: rds.StorageType;
  /** @default 1 */
  readonly promotion?: PromotionRule;
  /** After a promotion: `kept`, or `removed` when the instance is gone. It is not moved to quarantine here. @default - takes part */
  readonly retired?: Retired;
}

/** Origins: created here, or existing already. */
export class Origin {
  /** An instance that is created with the database. */
  static create(id: string, props: OriginProps): IOrigin {
    return { id, bind: (scope, context) => createOrigin(id, props, scope, context) };
  }

  /**
   * An instance that the program has already: an `rds.DatabaseInstance` of its own, or an imported one. It is left as it is.
   *
   * For replicas in other stacks its identifier must be a literal.
   */
  static existing(id: string, instance: rds.IDatabaseInstance, options: ExistingInstanceOptions = {}): IOrigin {
    return { id, bind: (scope, context) => bindExisting({ id, instance, options }, scope, context) };
  }

  private constructor() {}
}

function createOrigin(id: string, props: OriginProps, scope: Construct, context: OriginContext): BoundOrigin {
  const { topologyName, engine, settings } = context;
  const declared = declareOrigin({ topologyName, engine, id, region: Stack.of(scope).region }, props);
  const credentials = settings.credentials ?? 'self-managed';
  const username = settings.username ?? ENGINE_DEFAULTS[engine.name].username;
  const masterSecret =
    credentials === 'self-managed' ? new MasterSecret(scope, 'Master', { topologyName, username }) : undefined;
  if (declared.retired === 'removed') return { member: removedMember(scope, declared), masterSecret, credentials };
  const foundation = context.foundation();
  const secret = masterSecret?.secret;
  const member = new ReplicationMember(scope, id, {
    member: declared,
    role: context.roleOf(declared),
    physicalName: declared.aws.identifier ?? id,
    bind: (memberScope, nameOf) =>
      createdBinding({
        resource: originTemplate(memberScope, {
          member: declared,
          engine,
          settings,
          foundation,
          secret,
          kmsKeyId: props.encryptionKey?.keyArn,
        }),
        nameOf,
        foundation,
        engine: context.engineObject,
        iamAuthentication: authenticatesByIam(declared, engine, settings),
      }),
  });
  secret?.attach(member);
  return { member, masterSecret, credentials };
}

interface Existing {
  readonly id: string;
  readonly instance: rds.IDatabaseInstance;
  readonly options: ExistingInstanceOptions;
}

function bindExisting({ id, instance, options }: Existing, scope: Construct, context: OriginContext): BoundOrigin {
  const facts = existingFacts(instance);
  const { size, version, storage, encrypted, retentionDays } = facts.member;
  const declared: Member = {
    ...facts.member,
    id,
    region: options.region ?? Stack.of(instance).region,
    version: version ?? context.engine.version,
    size: options.instanceType === undefined ? size : `db.${options.instanceType.toString()}`,
    storage: {
      ...storage,
      gib: options.allocatedStorage?.toGibibytes() ?? storage.gib,
      type: options.storageType ?? storage.type,
    },
    encrypted: options.encrypted ?? encrypted,
    retentionDays: options.backupRetentionDays ?? retentionDays,
    promotion: options.promotion ?? 1,
    retired: options.retired,
  };
  const member = new ReplicationMember(scope, id, {
    member: declared,
    role: context.roleOf(declared),
    physicalName: facts.member.aws.identifier ?? instance.instanceIdentifier,
    bind: () => ({
      identifier: instance.instanceIdentifier,
      address: instance.dbInstanceEndpointAddress,
      port: instance.dbInstanceEndpointPort,
      resourceId: instance.instanceResourceId,
      connections: instance.connections,
      engine: instance.engine,
      existing: instance,
    }),
  });
  return { member, credentials: facts.credentials };
}

/** The literal name of a member, for stacks that must not refer to its resource. @throws UnderstudyError when there is none */
export function literalName(member: ReplicationMember): string {
  const name = member.physicalInstanceIdentifier;
  if (!isUnknown(name)) return name;
  throw new UnderstudyError(
    'literal-needed',
    `the identifier of ${member.memberId} is only known at deployment, and a replica in another stack has to name it; allowed: a literal instanceIdentifier; fix: give the instance the identifier it has, as text`,
  );
}
