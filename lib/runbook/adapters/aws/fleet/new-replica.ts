import type { CreateDBInstanceReadReplicaCommandInput, DBInstance, Tag } from '@aws-sdk/client-rds';
import { QUARANTINE_TAG } from '../../../contract';
import { MEMBER_TAG, tagOf, THAWED_GROUP_TAG, TOPOLOGY_TAG, UNFENCED_GROUPS_TAG } from './fleet-tags';
import { parameterGroupOf, securityGroupsOf, sourceOf } from './instance-state';
import type { MemberPlace, Place } from './place';
import type { RdsGateway } from './rds-gateway';
import type { OldPrimary } from './rebuild';
import type { Scene } from './scene';

type Settings = Partial<CreateDBInstanceReadReplicaCommandInput>;

/** Where a new replica is created, and how. */
export interface ReplicaPlan {
  readonly at: Place;
  readonly settings: Settings;
}

export interface Sources {
  /** The new primary. */
  readonly place: MemberPlace;
  readonly primary: DBInstance;
  readonly old: OldPrimary;
}

/** RDS takes names of at most 63 characters; a suffix has to fit. */
const LONGEST_STEM = 60;

/**
 * In the Region of the old primary, after its pattern, when that answers and still has it; else beside the new one.
 *
 * @returns undefined when there is one already that the new primary does not list yet
 */
export async function planReplica(
  { topology, rds }: Scene,
  { place, primary, old }: Sources,
): Promise<ReplicaPlan | undefined> {
  const model = old.isAnswered ? old.instance : undefined;
  const region = model === undefined ? place.region : old.place.region;
  const free = await freeName(rds, { base: place.identifier, region, primary });
  if (free === undefined) return undefined;
  const { identifier, suffix } = free;
  const like = model ?? primary;
  const isAbroad = region !== place.region;
  const settings: Settings = {
    // By ARN also in the same Region: RDS wants it so when the subnet groups differ.
    SourceDBInstanceIdentifier: primary.DBInstanceArn,
    DBInstanceClass: like.DBInstanceClass,
    VpcSecurityGroupIds: [...openGroupsOf(like)],
    Tags: [
      { Key: TOPOLOGY_TAG, Value: topology.name },
      { Key: MEMBER_TAG, Value: `${place.member.id}-${suffix}` },
      ...quarantineTagOf(like),
    ],
    CopyTagsToSnapshot: true,
    DeletionProtection: topology.aws.deletionProtection,
    ...(isAbroad ? abroad(like, topology.engine.name) : {}),
  };
  return { at: { identifier, region }, settings };
}

/** What a replica in another Region does not take from its source. Inside a Region, RDS wants none of it. */
function abroad(like: DBInstance, engine: string): Settings {
  const group = tagOf(like, THAWED_GROUP_TAG) ?? parameterGroupOf(like).name;
  return {
    DBSubnetGroupName: like.DBSubnetGroup?.DBSubnetGroupName,
    // A key is of one Region: that of the source cannot be used there.
    ...(like.StorageEncrypted === true ? { KmsKeyId: like.KmsKeyId } : {}),
    // Of the engines that can be frozen, RDS takes a group here only for MySQL: facts/aws.md §2.
    ...(engine === 'mysql' && group !== '' ? { DBParameterGroupName: group } : {}),
  };
}

/** The groups in which it serves clients: those from before its quarantine. */
function openGroupsOf(instance: DBInstance): readonly string[] {
  const noted = tagOf(instance, UNFENCED_GROUPS_TAG)?.split(' ').filter(Boolean);
  return noted ?? securityGroupsOf(instance).ids;
}

function quarantineTagOf(instance: DBInstance): readonly Tag[] {
  const Value = tagOf(instance, QUARANTINE_TAG);
  return Value === undefined ? [] : [{ Key: QUARANTINE_TAG, Value }];
}

interface Wanted {
  readonly base: string;
  readonly region: string;
  readonly primary: DBInstance;
}

/** `orders-bab-2`, or the next that is free; undefined if one of them follows the new primary. */
async function freeName(
  rds: RdsGateway,
  { base, region, primary }: Wanted,
): Promise<{ readonly identifier: string; readonly suffix: number } | undefined> {
  const stem = base.slice(0, LONGEST_STEM).replace(/-$/, '');
  for (let suffix = 2; ; suffix += 1) {
    const identifier = `${stem}-${suffix}`;
    const taken = await rds.describe({ identifier, region });
    if (taken === undefined) return { identifier, suffix };
    const source = sourceOf(taken);
    if (source !== undefined && (source === primary.DBInstanceArn || source === primary.DBInstanceIdentifier))
      return undefined;
  }
}
