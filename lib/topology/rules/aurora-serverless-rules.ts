import type { ClusterInstance, Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { auroraNumber, hasWriter, instancesOf, isSince, SERVERLESS } from './cluster-facts';
import { memberRule, type Rule } from './rule';

const KINDS = ['cluster', 'global'] as const;

/** Capacity units. Source: Amazon Aurora User Guide, "Requirements and limitations for Aurora Serverless v2", 2026-11. */
const MOST_UNITS = 256;
const MOST_UNITS_BEFORE = 128;
const LARGE_SINCE = { '3': '3.06', '8': '8.4', '13': '13.13', '14': '14.10', '15': '15.5' } as const;
const PAUSES_SINCE = { '3': '3.08.0', '8': '8.4', '13': '13.15', '14': '14.12', '15': '15.7', '16': '16.3' } as const;

/** The highest tier whose serverless readers have the capacity of their writer. */
const FOLLOWS_WRITER = 1;

function isServerless({ size }: ClusterInstance): boolean {
  return size === SERVERLESS;
}

function isUnit(value: number): boolean {
  return value >= 0 && value <= MOST_UNITS && Number.isInteger(value * 2);
}

function isOutOfRange({ aws: { capacity } }: Member): boolean {
  if (capacity?.min === undefined || capacity.max === undefined) return false;
  return !isUnit(capacity.min) || !isUnit(capacity.max) || capacity.max < 1 || capacity.min > capacity.max;
}

/** Since when a range that is none for the version is one. */
function missingVersion({ version, aws: { capacity } }: Member): string | undefined {
  if (version === undefined || capacity === undefined) return undefined;
  if (capacity.min === 0 && !isSince(version, PAUSES_SINCE)) return 'a pause (min 0)';
  if ((capacity.max ?? 0) > MOST_UNITS_BEFORE && !isSince(version, LARGE_SINCE)) return 'more than 128 units';
  return undefined;
}

/** Who becomes writer next, when only serverless instances can that do not have the writer's capacity. */
function lagsBehind(member: Member, view: TopologyView): ClusterInstance | undefined {
  if (member.retired !== undefined || !hasWriter(member, view)) return undefined;
  const [, ...readers] = instancesOf(member).toSorted((a, b) => (a.tier ?? 0) - (b.tier ?? 0));
  const [first] = readers;
  if (first === undefined || (first.tier ?? 0) <= FOLLOWS_WRITER) return undefined;
  return readers.filter(({ tier }) => tier === first.tier).every(isServerless) ? first : undefined;
}

/** Servers that scale by themselves. */
export const AURORA_SERVERLESS_RULES: readonly Rule[] = [
  memberRule({
    code: 'capacity-missing',
    severity: 'error',
    kinds: KINDS,
    about: 'a cluster with serverless instances says between what they scale',
    when: (member) => instancesOf(member).some(isServerless) && member.aws.capacity === undefined,
    message: (member) => ({
      at: ['aws', 'capacity'],
      problem: `${member.id} has the serverless instance ${instancesOf(member).find(isServerless)?.id} and no capacity`,
      allowed: 'a range of Aurora capacity units',
      fix: 'add for example `capacity: { min: 0.5, max: 16 }`',
    }),
  }),
  memberRule({
    code: 'capacity-range',
    severity: 'error',
    kinds: KINDS,
    about: 'serverless capacity is 0 to 256 units in steps of 0.5, at least 1 at most',
    when: isOutOfRange,
    message: ({ id, aws: { capacity } }) => ({
      at: ['aws', 'capacity'],
      problem: `the instances of ${id} scale between ${capacity?.min} and ${capacity?.max} units`,
      allowed: `min from 0, max from 1 to ${MOST_UNITS}, both in steps of 0.5, and min not above max`,
      fix: 'write for example `capacity: { min: 0.5, max: 16 }`',
    }),
  }),
  memberRule({
    code: 'capacity-version',
    severity: 'error',
    kinds: KINDS,
    about: 'pausing at 0 units, and more than 128 units, need a version that can',
    when: (member) => !isOutOfRange(member) && missingVersion(member) !== undefined,
    message: (member) => ({
      at: ['aws', 'capacity'],
      problem: `${member.id} on ${auroraNumber(member.version ?? '')} is to have ${missingVersion(member)}`,
      allowed:
        '0 from 3.08.0 of Aurora MySQL and 13.15, 14.12, 15.7 and 16.3 of Aurora PostgreSQL on; above 128 from 3.06, and 13.13, 14.10, 15.5 and 16.1 on',
      fix: 'change the range, or upgrade',
    }),
  }),
  memberRule({
    code: 'serverless-tier',
    severity: 'warning',
    kinds: KINDS,
    about: 'a serverless instance that becomes writer next is in tier 0 or 1, where it has the capacity of the writer',
    when: (member, view) => lagsBehind(member, view) !== undefined,
    message: (member, view) => {
      const { id = '', tier } = lagsBehind(member, view) ?? {};
      return {
        at: ['instances', id, 'tier'],
        problem: `${id} becomes writer next and is a serverless instance in tier ${tier}: it scales by its own load, and begins as writer with what it has`,
        allowed: 'tier 0 or 1, in which serverless readers keep the capacity of their writer',
        fix: `set \`tier: 1\` on ${id}`,
      };
    },
  }),
];
