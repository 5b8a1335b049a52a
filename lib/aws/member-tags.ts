import type { CfnTag } from 'aws-cdk-lib';
import { QUARANTINE_TAG } from '../runbook/contract';
import type { Member } from '../topology';
import type { RegionalFoundation } from './regional-foundation';

/**
 * What an instance says of itself: its topology, its id there, and the security group that fences it off. A promotion in
 * another Region so finds all that it needs with DescribeDBInstances alone. None of it depends on who is primary.
 */
export function memberTags(member: Member, foundation: RegionalFoundation): readonly CfnTag[] {
  return [
    { key: 'understudy:topology', value: foundation.topologyName },
    { key: 'understudy:member', value: member.id },
    { key: QUARANTINE_TAG, value: foundation.quarantineSecurityGroup.securityGroupId },
  ];
}
