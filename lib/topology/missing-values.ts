import type { Finding } from './finding';
import { isAurora } from './kinds';
import type { Member, Topology } from './topology';
import { TopologyView } from './topology-view';

/** A value of a member that a file must have. */
interface Needed {
  readonly at: readonly string[];
  readonly problem: string;
  readonly allowed: string;
  readonly fix: string;
}

/** What a file must say although the model allows it to be unknown. Said once, of the member from which others would have it. */
export function missingValues(topology: Topology): readonly Finding[] {
  const view = new TopologyView(topology);
  // Of several origins, all but one most likely lack their replicaOf and not these.
  const isLonely = topology.members.filter(({ replicaOf }) => replicaOf === undefined).length === 1;
  return topology.members.flatMap((member): readonly Finding[] => {
    if (member.retired === 'removed') return [];
    const inherits = member.replicaOf === undefined ? !isLonely : view.sourceOf(member)?.retired !== 'removed';
    return neededBy(member, topology, inherits).map(({ at, ...rest }) => ({
      code: 'missing-value',
      severity: 'error',
      path: ['members', member.id, ...at],
      ...rest,
    }));
  });
}

function neededBy(member: Member, { kind, cloud }: Topology, inherits: boolean): readonly Needed[] {
  if (isAurora(kind)) return instancesNeeded(member);
  if (inherits) return [];
  const { size, storage, replicaOf } = member;
  return [
    ...(size === undefined
      ? [
          sizeNeeded(
            ['size'],
            cloud === 'gcp' ? 'db-perf-optimized-N-8' : 'db.r7g.large',
            'a replica takes that of its source',
          ),
        ]
      : []),
    ...(replicaOf === undefined && storage.gib === undefined
      ? [
          {
            at: ['storage', 'gib'],
            problem: 'storage.gib is missing',
            allowed: 'gibibytes: a whole number from 20 to 65536',
            fix: 'add storage with gib',
          },
        ]
      : []),
    ...(['io1', 'io2'].includes(storage.type ?? '') && storage.iops === undefined
      ? [
          {
            at: ['storage', 'iops'],
            problem: `storage.iops is missing, and the type is ${storage.type ?? ''}`,
            allowed: 'I/O operations per second: a whole number from 1000 to 256000',
            fix: 'add iops, or take gp3',
          },
        ]
      : []),
  ];
}

function instancesNeeded({ instances }: Member): readonly Needed[] {
  if (instances === undefined) {
    return [
      {
        at: ['instances'],
        problem: 'instances is missing',
        allowed: 'a mapping of ids to instances; {} is none, which a secondary of a global database can do with',
        fix: 'add instances',
      },
    ];
  }
  return instances
    .filter(({ size }) => size === undefined)
    .map(({ id }) => sizeNeeded(['instances', id, 'size'], 'db.r7g.large', 'an instance takes that of its cluster'));
}

function sizeNeeded(at: readonly string[], example: string, otherwise: string): Needed {
  return {
    at,
    problem: 'size is missing',
    allowed: `a size, for example ${example}; ${otherwise}`,
    fix: 'add size',
  };
}
