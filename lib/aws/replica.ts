import { Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { UnderstudyError, type Engine, type Member, type Role } from '../topology';
import type { DatabaseSettings } from './database-settings';
import { authenticatesByIam, replicaTemplate } from './instance-template';
import { isUnknown } from './known-values';
import { literalName } from './origin';
import type { RegionalFoundation } from './regional-foundation';
import { createdBinding, instanceArn, removedMember, ReplicationMember } from './replication-member';
import { waitForSource } from './wait-for-source';

export interface CreateReplicaProps {
  readonly declared: Member;
  readonly role: Role;
  readonly source: ReplicationMember;
  readonly engine: Engine;
  readonly engineObject: rds.IEngine;
  readonly settings: DatabaseSettings;
  readonly encryptionKey?: kms.IKey;
  /** Makes the Region's shared parts when they are asked for. */
  readonly foundation: () => RegionalFoundation;
}

/** Creates a replica in the stack of `scope`. It names its source by a literal, which stays whatever is promoted. */
export function createReplica(scope: Construct, props: CreateReplicaProps): ReplicationMember {
  const { declared, source, engine, settings } = props;
  if (declared.retired === 'removed') return removedMember(scope, declared);
  if (declared.size === undefined) {
    throw new UnderstudyError(
      'instance-type-missing',
      `${declared.id} has no instance type, and that of its source ${source.memberId} is not known; allowed: an ec2.InstanceType; fix: pass instanceType`,
    );
  }
  const foundation = props.foundation();
  const member = new ReplicationMember(scope, declared.id, {
    member: declared,
    role: props.role,
    physicalName: declared.aws.identifier ?? declared.id,
    bind: (memberScope, nameOf) =>
      createdBinding({
        resource: replicaTemplate(memberScope, {
          member: declared,
          engine,
          settings,
          foundation,
          ...sourceNames(scope, source),
          kmsKeyId: declared.encrypted === false ? undefined : props.encryptionKey?.keyArn,
        }),
        nameOf,
        foundation,
        engine: props.engineObject,
        iamAuthentication: authenticatesByIam(declared, engine, settings),
      }),
  });
  // After a promotion the history of the new primary must not tie its stack to the one that was lost.
  if (member.role === 'replica') waitForSource(member, source);
  return member;
}

/**
 * The source as an ARN with a literal name: never a reference, because it must outlive the resource. Also in the same
 * Region, where RDS takes a bare name only for replicas that name no subnet group.
 */
function sourceNames(scope: Construct, source: ReplicationMember): { sourceArn: string; sourceRegion?: string } {
  const { region } = Stack.of(scope);
  const sourceRegion = source.declared.region;
  // Two stacks without a Region have the same token for it, and may well be deployed to two.
  const isSameStack = Stack.of(source) === Stack.of(scope);
  if (sourceRegion === region && (isSameStack || !isUnknown(region))) {
    const isReference = Stack.of(source.existingResource ?? source) === Stack.of(scope);
    return { sourceArn: instanceArn(isReference ? source.physicalInstanceIdentifier : literalName(source), region) };
  }
  if (sourceRegion === undefined || isUnknown(sourceRegion) || isUnknown(region)) {
    throw new UnderstudyError(
      'region-needed',
      `${source.memberId} and its replica are in different stacks, and the Region of one is not known; allowed: stacks with a literal env.region; fix: set env.region on both`,
    );
  }
  return { sourceArn: instanceArn(literalName(source), sourceRegion), sourceRegion };
}
