import type { DBInstance } from '@aws-sdk/client-rds';

/** Name of the topology that an instance belongs to. */
export const TOPOLOGY_TAG = 'understudy:topology';

/** Id of the member that an instance is. */
export const MEMBER_TAG = 'understudy:member';

/** While an instance is frozen: the parameter group that it had before. */
export const THAWED_GROUP_TAG = 'understudy:thawed-group';

/** While an instance is fenced: ids of the security groups that it had before, with a space between. */
export const UNFENCED_GROUPS_TAG = 'understudy:unfenced-groups';

/** Since when an instance is kept for who looks for lost writes: nobody deletes it. */
export const FORENSIC_HOLD_TAG = 'understudy:forensic-hold';

export function tagOf({ TagList = [] }: DBInstance, key: string): string | undefined {
  const value = TagList.find((tag) => tag.Key === key)?.Value;
  return value === '' ? undefined : value;
}
