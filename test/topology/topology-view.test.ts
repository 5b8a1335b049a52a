import fc from 'fast-check';
import { TopologyView, type Member, type Topology, type TopologyInput } from '../../lib/topology';
import { normalise } from '../../lib/topology/normalise';
import { validTopologyInput } from '../_arbitraries/arbitrary-topology';
import { withMember } from '../_arbitraries/edits';
import { sampleGlobal } from '../_helpers/sample-cluster';
import { follower, promoted, sample, withChain, withMembers } from '../_helpers/sample-topology';

function viewOf(input: TopologyInput): TopologyView {
  return new TopologyView(normalise(input));
}

function ids(members: readonly { id: string }[]): readonly string[] {
  return members.map(({ id }) => id);
}

/** Any lineage whatever: sources that do not exist, members of themselves, rings. */
const anyLineage: fc.Arbitrary<Topology> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(undefined, 'm0', 'm1', 'm2', 'm3', 'm9'), fc.boolean()), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.nat({ max: 6 }),
  )
  .map(([members, primary]) =>
    normalise({
      ...sample(),
      primary: `m${primary}`,
      members: Object.fromEntries(
        members.map(([replicaOf, retired], index) => [
          `m${index}`,
          { region: 'eu-west-1', replicaOf, retired: retired ? ('kept' as const) : undefined },
        ]),
      ),
    }),
  );

describe('TopologyView', () => {
  const view = viewOf(promoted(withMembers(withChain(sample(), 3), { old: follower('ada', { retired: 'kept' }) })));
  const [ada, bab, cyd, dot] = ['ada', 'bab', 'cyd', 'dot'].map((id) => view.get(id));

  it('tells roles after a promotion', () => {
    expect(view.topology.members.map((member) => `${member.id} ${view.roleOf(member)}`)).toStrictEqual([
      'ada retired',
      'bab primary',
      'cyd replica',
      'dot replica',
      'old retired',
    ]);
  });

  it('tells who takes part', () => {
    expect({
      active: ids(view.active),
      replicas: ids(view.replicas),
      promotable: ids(view.promotable),
      primary: view.primary?.id,
    }).toStrictEqual({
      active: ['bab', 'cyd', 'dot'],
      replicas: ['cyd', 'dot'],
      promotable: [],
      primary: 'bab',
    });
  });

  it('tells lineage, which stays, from following, which a promotion ends', () => {
    expect(
      ada &&
        bab &&
        cyd &&
        dot && {
          source: view.sourceOf(bab)?.id,
          followed: view.followedBy(bab),
          lineage: ids(view.lineageOf(dot)),
          upstream: ids(view.upstreamOf(dot)),
          followers: [ada, bab, cyd, dot].map((member) => ids(view.followersOf(member))),
        },
    ).toStrictEqual({
      source: 'ada',
      followed: undefined,
      lineage: ['cyd', 'bab', 'ada'],
      upstream: ['cyd', 'bab'],
      followers: [[], ['cyd'], ['dot'], []],
    });
  });

  it.each([
    ['us-east-1', true],
    ['eu-west-1', false],
    ['cn-north-1', false],
    ['mars-1', false],
  ])('knows whether a replica in %s is in another Region: %s', (region, expected) => {
    const other = viewOf(withMember(sample(), 'bab', { region }));
    expect(other.topology.members.map((member) => other.isCrossRegion(member))).toStrictEqual([false, expected]);
  });

  it('knows no follower of anybody while nobody can be the primary', () => {
    const headless = viewOf({ ...sample(), primary: 'zed' });
    expect({
      hasPrimary: headless.hasPrimary,
      replicas: headless.replicas,
      followers: headless.topology.members.flatMap((member) => headless.followersOf(member)),
    }).toStrictEqual({
      hasPrimary: false,
      replicas: [],
      followers: [],
    });
  });

  it('gives no source to the members of a cycle, and still tells its way round', () => {
    const ring = viewOf(withMember(withMembers(sample(), { cyd: follower('bab') }), 'ada', { replicaOf: 'bab' }));
    expect(
      ring.topology.members.map((member) => [
        member.id,
        ring.isInCycle(member),
        ring.sourceOf(member)?.id,
        ids(ring.lineageOf(member)),
      ]),
    ).toStrictEqual([
      ['ada', true, undefined, ['bab']],
      ['bab', true, undefined, ['ada']],
      ['cyd', false, 'bab', ['bab', 'ada']],
    ]);
  });

  it('answers for any lineage, each member above another once', () => {
    fc.assert(
      fc.property(anyLineage, (topology) => {
        const any = new TopologyView(topology);
        for (const member of topology.members) {
          const walks = [any.lineageOf(member), any.upstreamOf(member)];
          expect(walks.map((walk) => new Set([member, ...walk]).size)).toStrictEqual(
            walks.map((walk) => walk.length + 1),
          );
        }
      }),
    );
  });

  it('has followers agree with whom they follow', () => {
    fc.assert(
      fc.property(validTopologyInput(), (input) => {
        const any = viewOf(input);
        const down = any.topology.members.flatMap((member) =>
          any.followersOf(member).map((replica) => `${replica.id} of ${member.id}`),
        );
        const up = any.replicas.map((replica) => `${replica.id} of ${any.followedBy(replica)?.id ?? ''}`);
        expect(down.toSorted()).toStrictEqual(up.toSorted());
      }),
    );
  });
});

describe('in a global database', () => {
  const view = new TopologyView(normalise({ ...sampleGlobal(), primary: 'bab' }));
  const [ada, bab] = view.topology.members as [Member, Member];

  it('the origin follows whoever is primary', () => {
    expect(view.followedBy(ada)).toBe(bab);
    expect(view.followedBy(bab)).toBeUndefined();
    expect(view.followersOf(bab)).toStrictEqual([ada]);
    expect(view.followersOf(ada)).toStrictEqual([]);
  });

  it('lineage stays what it was', () => {
    expect(view.sourceOf(bab)).toBe(ada);
  });
});
