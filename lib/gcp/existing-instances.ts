import type * as pulumi from '@pulumi/pulumi';
import type { DatabaseInstance } from '@pulumi/gcp/sql';
import { UnderstudyError, type MemberId, type Topology } from '../topology';
import { instanceName } from './member-role';

type Existing = Readonly<Record<MemberId, DatabaseInstance>>;

/** @throws UnderstudyError when one is no member's, or a switchover would have to change it */
export function refuseExistingRoles(existing: Existing, { name, members, primary, gcp }: Topology): void {
  const transition = gcp?.transition;
  for (const id of Object.keys(existing)) {
    const member = members.find((each) => each.id === id);
    if (member === undefined) {
      throw new UnderstudyError(
        'member-unknown',
        `an existing instance is given for ${id}, which is no member of ${name}; allowed: ${members.map((each) => each.id).join(', ')}; fix: name one of them`,
      );
    }
    if (transition === undefined || (id !== primary && id !== transition.to)) continue;
    throw new UnderstudyError(
      'role-outside',
      `the switchover to ${transition.to} changes ${instanceName(member)}, which is made outside of this component; allowed: switchovers between members that are made here; fix: change its role where it is made, as the provider's guide says`,
    );
  }
}

/**
 * The names by which others are to name them. One that is not as the topology has it fails whatever would be made with it:
 * the findings of names, and the runbook, speak of the topology's.
 */
export function existingNames(existing: Existing, { members }: Topology): ReadonlyMap<MemberId, pulumi.Output<string>> {
  return new Map(
    members.flatMap((member) => {
      const instance = existing[member.id];
      return instance === undefined
        ? []
        : [[member.id, instance.name.apply((name) => asWritten(name, member.id, instanceName(member)))] as const];
    }),
  );
}

/** @throws UnderstudyError when the name is another */
export function asWritten(name: string, id: MemberId, written: string): string {
  if (name === written) return name;
  throw new UnderstudyError(
    'instance-name-differs',
    `the existing instance given for ${id} is named ${name}, and the topology names it ${written}; allowed: one name; fix: write \`gcp: { name: ${name} }\` on ${id}`,
  );
}
