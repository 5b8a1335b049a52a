import fc from 'fast-check';
import { afterPromotion, check, formatFinding, type TopologyInput } from '../../lib/topology';
import { promotableIn, validTopologyInput } from '../_arbitraries/arbitrary-topology';
import { withMember } from '../_arbitraries/edits';
import { sampleGlobal } from '../_helpers/sample-cluster';
import { follower, sample, withChain, withMembers } from '../_helpers/sample-topology';
import { runs } from '../_proofs/_helpers/runs';

/** Every promotion that an accepted topology allows. */
function promotions(input: TopologyInput): readonly (readonly [promoted: string, after: TopologyInput])[] {
  return promotableIn(input).map((id) => [id, afterPromotion(input, id)]);
}

function followsDirectlyOrNot({ members }: TopologyInput, id: string, above: string): boolean {
  const source = members[id]?.replicaOf;
  return id === above || (source !== undefined && followsDirectlyOrNot({ members } as TopologyInput, source, above));
}

describe('afterPromotion', () => {
  it('changes the primary and retires who does not follow the promoted one', () => {
    const input = withMembers(withChain(sample(), 3), { old: follower('ada') });
    expect(afterPromotion(input, 'cyd')).toStrictEqual({
      ...input,
      primary: 'cyd',
      members: {
        ada: { ...input.members['ada'], retired: 'kept' },
        bab: { ...input.members['bab'], retired: 'kept' },
        cyd: input.members['cyd'],
        dot: input.members['dot'],
        old: { ...input.members['old'], retired: 'kept' },
      },
    });
  });

  it('leaves removed members removed', () => {
    const input = withMembers(sample(), { old: follower('ada', { retired: 'removed' }) });
    expect(afterPromotion(input, 'bab').members['old']?.retired).toBe('removed');
  });

  it('ends also for a lineage that does not', () => {
    const ring = withMember(withMembers(sample(), { cyd: follower('bab') }), 'ada', { replicaOf: 'bab' });
    expect(Object.entries(afterPromotion(ring, 'cyd').members).map(([id, { retired }]) => [id, retired])).toStrictEqual(
      [
        ['ada', 'kept'],
        ['bab', 'kept'],
        ['cyd', undefined],
      ],
    );
  });

  it('gives a topology that is accepted, for every member that may be promoted', () => {
    fc.assert(
      fc.property(validTopologyInput({ least: 2 }), (input) => {
        const errors = promotions(input).flatMap(([, after]) =>
          check(after).findings.filter(({ severity }) => severity === 'error'),
        );
        expect(errors.map((finding) => formatFinding(finding))).toStrictEqual([]);
      }),
      runs(50),
    );
  });

  it('changes nothing but the primary and who is retired', () => {
    fc.assert(
      fc.property(validTopologyInput({ least: 2 }), (input) => {
        for (const [promoted, after] of promotions(input)) {
          const members: Record<string, unknown> = {};
          for (const [id, member] of Object.entries(input.members)) {
            const stays = member.retired !== undefined || followsDirectlyOrNot(input, id, promoted);
            members[id] = stays ? member : { ...member, retired: 'kept' };
          }
          expect(after).toStrictEqual({ ...input, primary: promoted, members });
        }
      }),
    );
  });
});

it('retires nobody in a global database: all follow the new primary', () => {
  expect(afterPromotion(sampleGlobal(), 'bab')).toStrictEqual({ ...sampleGlobal(), primary: 'bab' });
});
