import { REGION_POOLS } from './engine-catalogue';
import { CASCADING, FLAT, type Breaker, type Whole } from './breaker';
import { withMember, withNew, withReadyPrimary, withReplicas } from './edits';

const ABROAD = REGION_POOLS['aws'] ?? [];

function below(whole: Whole, id: string): readonly string[] {
  return whole.present
    .filter((each) => whole.view.lineageOf(each).some((above) => above.id === id))
    .map((each) => each.id);
}

/** A PostgreSQL version whose replicas have neither replicas nor backups. */
export function isBefore14({ engine, version }: Whole): boolean {
  return engine === 'postgres' && version.startsWith('13.');
}

function canCascade(whole: Whole): boolean {
  return !isBefore14(whole);
}

/** Replicas in another Region have a key there, unless nothing is encrypted. */
function keyAbroad({ isEncrypted }: Whole): { key?: string } {
  return isEncrypted ? { key: 'create' } : {};
}

function retire(whole: Whole): ReturnType<Breaker['break']> {
  const { input, view } = whole;
  const sources = view.replicas.filter((member) => view.followersOf(member).length > 0 && member.promotion === 'never');
  const source = whole.pick(sources);
  return source && withMember(input, source.id, { retired: 'kept' });
}

function join(whole: Whole): ReturnType<Breaker['break']> {
  const orphans = whole.view.topology.members.filter(
    (member) => member.retired !== undefined && whole.view.sourceOf(member)?.retired !== undefined,
  );
  // Alone, the primary had nobody that could be promoted; with a replica it would matter where that one is.
  const orphan = whole.view.replicas.length === 0 ? undefined : whole.pick(orphans);
  return orphan && withMember(whole.input, orphan.id, { retired: undefined });
}

export const LINEAGE_BREAKERS: readonly Breaker[] = [
  {
    code: 'origin-count',
    wish: {},
    break: ({ input, primary }) =>
      withNew(input, 'another', { region: primary.region ?? '', size: primary.size, storage: { gib: 100 } }),
  },
  {
    code: 'origin-count',
    wish: { least: 3 },
    // The replica loses its replicaOf and nothing else: neither its size nor its volume is missing.
    break: (whole) => {
      const replica = whole.pick(whole.leaves.filter(({ promotion }) => promotion === 'never'));
      return replica && withMember(whole.input, replica.id, { replicaOf: undefined, aws: undefined });
    },
  },
  {
    code: 'source-unknown',
    wish: { least: 2 },
    break: (whole) => {
      const replica = whole.pick(whole.view.replicas);
      return replica && withMember(whole.input, replica.id, { replicaOf: 'nowhere' });
    },
  },
  {
    code: 'lineage-cycle',
    wish: {},
    break: (whole) => {
      const member = whole.pick(whole.present);
      if (member === undefined) return undefined;
      const source = whole.pick([member.id, ...below(whole, member.id)]);
      return withMember(whole.input, member.id, { replicaOf: source, promotion: member.promotion });
    },
  },
  { code: 'source-retired', wish: { least: 3, engines: CASCADING }, break: retire },
  { code: 'source-retired', wish: { least: 3 }, break: join },
  {
    code: 'follows-nobody',
    wish: { least: 2 },
    break: ({ input, view }) => {
      const origin = view.topology.members.find(({ replicaOf }) => replicaOf === undefined);
      return origin?.retired === undefined ? undefined : withMember(input, origin.id, { retired: undefined });
    },
  },
  {
    code: 'cascade-unsupported',
    wish: { least: 2, engines: [...FLAT, 'postgres'] },
    break: (whole) => {
      if (whole.engine === 'postgres' && canCascade(whole)) return undefined;
      const replica = whole.pick(whole.view.replicas);
      return replica && withReplicas(whole.input, 1, { replicaOf: replica.id });
    },
  },
  {
    code: 'cascade-too-deep',
    wish: { most: 4, engines: CASCADING },
    break: (whole) => {
      if (!canCascade(whole)) return undefined;
      let chain = withReplicas(withReadyPrimary(whole.input), 1, { replicaOf: whole.primary.id });
      for (let depth = 2; depth <= 4; depth += 1)
        chain = withReplicas(chain, 1, { replicaOf: Object.keys(chain.members).at(-1) ?? '' });
      return chain;
    },
  },
  {
    code: 'too-many-replicas',
    wish: {},
    break: ({ input, primary }) => withReplicas(withReadyPrimary(input), 16, { replicaOf: primary.id }),
  },
  {
    code: 'replica-limit-disputed',
    wish: { engines: ['sqlserver'] },
    break: ({ input, primary }) => withReplicas(withReadyPrimary(input), 6, { replicaOf: primary.id }),
  },
  {
    code: 'many-cross-region-replicas',
    wish: { engines: CASCADING },
    break: (whole) => {
      const region = ABROAD.find((each) => each !== whole.primary.region);
      if (whole.primary.region === undefined || !ABROAD.includes(whole.primary.region)) return undefined;
      return withReplicas(withReadyPrimary(whole.input), 6, {
        replicaOf: whole.primary.id,
        region,
        ...keyAbroad(whole),
      });
    },
  },
  {
    code: 'cascade-returns',
    wish: { engines: CASCADING, most: 4 },
    break: (whole) => {
      const { region: home = '', id } = whole.primary;
      const region = ABROAD.find((each) => each !== home);
      if (!canCascade(whole) || !ABROAD.includes(home)) return undefined;
      const away = withReplicas(withReadyPrimary(whole.input), 1, { replicaOf: id, region, ...keyAbroad(whole) });
      return withReplicas(away, 1, {
        replicaOf: Object.keys(away.members).at(-1) ?? '',
        region: home,
        ...keyAbroad(whole),
      });
    },
  },
];
