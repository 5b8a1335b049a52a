import type fc from 'fast-check';
import { afterPromotion, check, type TopologyInput } from '../../lib/topology';
import { topologyChoices, type Choices, type TopologyWish } from './arbitrary-choices';
import { buildTopology, upstream, withReplica } from './build-topology';

export type { TopologyWish } from './arbitrary-choices';

/**
 * Random topologies that are accepted: no finding is an error.
 *
 * Nor is any a warning, except those of {@link expectedWarnings}, or where `doubtful` asks for more.
 * All six engines in their replicating editions, 1 to 8 members (up to 9 after a promotion), lineage within the limits,
 * some with retired members after a promotion. Every version, class and volume is one that RDS offers.
 *
 * @example fc.assert(fc.property(validTopologyInput({ engines: ['postgres'], least: 2 }), (input) => check(input).topology !== undefined))
 */
export function validTopologyInput(wish: TopologyWish = {}): fc.Arbitrary<TopologyInput> {
  return topologyChoices(wish).map((choices) => promotedAsChosen(buildTopology(choices), choices));
}

/** Ids of the replicas that may be promoted in a topology that is accepted. */
export function promotableIn(input: TopologyInput): readonly string[] {
  return Object.entries(input.members)
    .filter(
      ([id, { promotion, retired, replicaOf }]) =>
        id !== input.primary && replicaOf !== undefined && retired === undefined && typeof promotion === 'number',
    )
    .map(([id]) => id);
}

/** Ids of the members that follow another now. */
export function replicasIn(input: TopologyInput): readonly string[] {
  return Object.entries(input.members)
    .filter(([id, { retired }]) => id !== input.primary && retired === undefined)
    .map(([id]) => id);
}

function promotedAsChosen(input: TopologyInput, choices: Choices): TopologyInput {
  const promotable = promotableIn(input);
  const chosen = choices.promote === undefined ? undefined : promotable[choices.promote % promotable.length];
  if (chosen === undefined) return input;
  const after = withRemoved(afterPromotion(input, chosen), choices);
  const followed = choices.addAfter ? withNewReplica(after, choices) : after;
  return [followed, after].find((each) => isQuiet(each, choices)) ?? input;
}

/** The old members are taken away after a while; only their identity stays. */
function withRemoved(input: TopologyInput, { cloud }: Choices): TopologyInput {
  if (!cloud) return input;
  const members = Object.entries(input.members).map(([id, member]) => [
    id,
    member.retired === undefined ? member : { ...member, retired: 'removed' as const },
  ]);
  return { ...input, members: Object.fromEntries(members) as TopologyInput['members'] };
}

/** A member that joined after the promotion, created from the new primary. */
function withNewReplica(input: TopologyInput, choices: Choices): TopologyInput {
  const [last] = choices.members.slice(-1);
  if (last === undefined) return input;
  const primary = input.members[input.primary];
  const own = Object.fromEntries(
    Object.entries(input.members).filter(([id, { retired }]) => id !== input.primary && retired === undefined),
  );
  const origin = {
    ...primary,
    region: primary?.region ?? '',
    size: sizeIn(input, input.primary),
    replicaOf: undefined,
  };
  const added = withReplica({ [input.primary]: origin, ...own }, choices, {
    ...last,
    id: 'newcomer',
    parent: 0,
    never: false,
    newer: false,
  });
  const newcomer = added['newcomer'];
  if (newcomer === undefined || upstream('newcomer', added).at(-1) !== input.primary) return input;
  const members = { ...input.members, newcomer: { ...newcomer, promotion: 1 } };
  // SQL Server replicates from Multi-AZ instances only.
  return {
    ...input,
    members:
      choices.engine === 'sqlserver' && primary !== undefined
        ? { ...members, [input.primary]: { ...primary, standby: 'multi-az' } }
        : members,
  };
}

function sizeIn({ members }: TopologyInput, id: string): string | undefined {
  return [id, ...upstream(id, members)].map((each) => members[each]?.size).find((size) => size !== undefined);
}

/** Warnings of what the topology was meant to be. */
export function expectedWarnings(input: TopologyInput): readonly string[] {
  const isPlain = Object.values(input.members).some(({ encrypted }) => encrypted === false);
  return [...(replicasIn(input).length === 0 ? ['nothing-promotable'] : []), ...(isPlain ? ['not-encrypted'] : [])];
}

function isQuiet(input: TopologyInput, { doubtful }: Choices): boolean {
  const { findings } = check(input);
  const expected = expectedWarnings(input);
  return findings.every(({ code, severity }) => severity === 'warning' && (doubtful || expected.includes(code)));
}
