import type { EngineName } from '../engines';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { memberRule, type Rule } from './rule';

/** GiB from which on RDS lets one provision a gp3 volume. Source: Amazon RDS User Guide, "gp3 storage". */
const PROVISIONED_FROM: Readonly<Partial<Record<EngineName, number>>> = {
  mysql: 400,
  mariadb: 400,
  postgres: 400,
  oracle: 200,
};

/** The size that a member starts with: its own, or what the members above it have; smaller than its source it cannot be. */
function gibOf(member: Member, view: TopologyView): number | undefined {
  const known = [member, ...view.lineageOf(member)]
    .map(({ storage }) => storage.gib)
    .filter((gib) => gib !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** RDS grows a volume by a tenth at least. */
function leastGrowth(member: Member, view: TopologyView): number {
  return Math.ceil(((gibOf(member, view) ?? 0) * 11) / 10);
}

/** Whether a member says it itself: what it takes from its source was reported there. */
function isOwn(member: Member, key: 'iops' | 'throughput' | 'growTo', view: TopologyView): boolean {
  const source = view.sourceOf(member)?.storage;
  const { storage } = member;
  return storage[key] !== undefined && (storage.gib !== undefined || storage[key] !== source?.[key]);
}

function provisionedFrom(member: Member, view: TopologyView): number | undefined {
  const isProvisioned = isOwn(member, 'iops', view) || isOwn(member, 'throughput', view);
  return isProvisioned && member.storage.type === 'gp3' ? PROVISIONED_FROM[view.topology.engine.name] : undefined;
}

/** Volumes. */
export const STORAGE_RULES: readonly Rule[] = [
  memberRule({
    code: 'replica-storage-below-source',
    severity: 'error',
    kinds: ['instances'],
    about: "a replica's volume is not smaller than its source's",
    when: (member, view) => {
      const source = view.followedBy(member);
      return (
        source?.storage.gib !== undefined && member.storage.gib !== undefined && member.storage.gib < source.storage.gib
      );
    },
    message: (member, view) => ({
      at: ['storage', 'gib'],
      problem: `${member.id} has ${member.storage.gib} GiB, its source ${member.replicaOf} ${view.sourceOf(member)?.storage.gib} GiB`,
      allowed: `${view.sourceOf(member)?.storage.gib} GiB or more`,
      fix: "leave it out: a replica takes its source's",
    }),
  }),
  memberRule({
    code: 'storage-type-unsupported',
    severity: 'error',
    kinds: ['instances'],
    about: 'Db2 has no gp2 volumes',
    when: (member, view) =>
      view.topology.engine.name === 'db2' &&
      member.storage.type === 'gp2' &&
      view.sourceOf(member)?.storage.type !== 'gp2',
    message: () => ({
      at: ['storage', 'type'],
      problem: 'the storage type is gp2 and the engine is Db2',
      allowed: 'gp3, io1 or io2',
      fix: 'write `type: gp3`',
    }),
  }),
  memberRule({
    code: 'small-volume-provisioned',
    severity: 'error',
    kinds: ['instances'],
    about: 'gp3 volumes take iops and throughput from 400 GiB on; of Oracle from 200 GiB',
    when: (member, view) => (gibOf(member, view) ?? Infinity) < (provisionedFrom(member, view) ?? 0),
    message: (member, view) => ({
      at: ['storage', member.storage.iops === undefined ? 'throughput' : 'iops'],
      problem: `${member.id} has a gp3 volume of ${gibOf(member, view)} GiB with iops or throughput of its own`,
      allowed: `iops and throughput from ${provisionedFrom(member, view)} GiB on; smaller volumes have 3000 and 125 MiB/s, always`,
      fix: 'leave both out, or make the volume larger',
    }),
  }),
  memberRule({
    code: 'growth-too-small',
    severity: 'error',
    kinds: ['instances'],
    about: 'growTo is at least a tenth above the size of the volume',
    when: (member, view) => isOwn(member, 'growTo', view) && (member.storage.growTo ?? 0) < leastGrowth(member, view),
    message: (member, view) => ({
      at: ['storage', 'growTo'],
      problem: `${member.id} may grow to ${member.storage.growTo} GiB and starts with ${gibOf(member, view)} GiB`,
      allowed: `${leastGrowth(member, view)} GiB or more: RDS grows a volume by a tenth at least`,
      fix: 'raise growTo, or leave it out',
    }),
  }),
];
