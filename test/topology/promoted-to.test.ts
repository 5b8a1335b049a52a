import fc from 'fast-check';
import { afterPromotion, define, promotedTo, TopologyView } from '../../lib/topology';
import { validTopologyInput } from '../_arbitraries/arbitrary-topology';

test('says the same as the program will, once it is corrected', () => {
  fc.assert(
    fc.property(validTopologyInput(), fc.nat(), (input, index) => {
      const { promotable } = new TopologyView(define(input));
      fc.pre(promotable.length > 0);
      const promoted = promotable[index % promotable.length]?.id ?? '';
      expect(roles(promotedTo(define(input), promoted))).toEqual(roles(define(afterPromotion(input, promoted))));
    }),
  );
});

function roles(topology: ReturnType<typeof define>) {
  return topology.members.map(({ id, retired }) => ({ id, retired, isPrimary: id === topology.primary }));
}
