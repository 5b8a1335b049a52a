import fc from 'fast-check';
import type { MemberInput, TopologyInput } from '../../lib/topology';
import { beside, cloudSql, enterprise, pool, withDr, withGcp } from '../_helpers/sample-cloud-sql';

/** What an arbitrary topology for Google is asked to be. */
export interface CloudSqlWish {
  readonly engines?: readonly ('mysql' | 'postgres' | 'sqlserver')[];
  /** Default: either. */
  readonly plus?: boolean;
  /** Whether there is a DR replica. Default: either, where there can be one. */
  readonly dr?: boolean;
}

const members = fc.subarray(['cyd', 'dot', 'reads', 'eve'] as const);

/** ada, bab elsewhere, and any of: cyd beside ada, dot below bab, a read pool, eve abroad, who can be primary. */
function grown(input: TopologyInput, ids: readonly string[], isPlus: boolean): TopologyInput {
  const more: Readonly<Record<string, MemberInput>> = {
    cyd: beside('ada'),
    dot: beside('bab', { region: 'europe-north1' }),
    reads: pool({ nodes: 2 }),
    eve: { region: 'us-central1', replicaOf: 'ada', promotion: 2 },
  };
  const chosen = Object.entries(more).filter(([id]) => ids.includes(id) && (isPlus || id !== 'reads'));
  return { ...input, members: { ...input.members, ...Object.fromEntries(chosen) } };
}

function cascadable(input: TopologyInput): TopologyInput {
  const bab = input.members['bab'] as MemberInput;
  return { ...input, members: { ...input.members, bab: { ...bab, gcp: { cascadable: true } } } };
}

/** Random topologies for Google that are accepted without a finding. */
export function validCloudSqlInput(wish: CloudSqlWish = {}): fc.Arbitrary<TopologyInput> {
  return fc
    .record({
      engine: fc.constantFrom(...(wish.engines ?? (['mysql', 'postgres', 'sqlserver'] as const))),
      plus: wish.plus === undefined && wish.dr !== true ? fc.boolean() : fc.constant(wish.plus ?? true),
      ids: members,
      dr: wish.dr === undefined ? fc.boolean() : fc.constant(wish.dr),
      turned: fc.boolean(),
    })
    .map(({ engine, plus, ids, dr, turned }) => {
      const { engine: named } = cloudSql(engine);
      // SQL Server has few replicas: room is left for a breaker.
      const some = engine === 'sqlserver' ? ids.slice(0, 2) : ids;
      const plain = grown({ ...(plus ? cloudSql() : enterprise()), engine: named }, some, plus);
      if (engine === 'sqlserver') return cascadable(plain);
      const designated = plus && dr ? withDr(plain) : plain;
      // The pool of a primary that became a replica would have a replica for its source.
      const canTurn = plus && turned && !ids.includes('reads');
      if (!canTurn) return designated;
      return withGcp({ ...designated, primary: 'bab' }, dr ? { drReplica: 'ada' } : {});
    });
}
