import { policyFor, type MemberObservation } from '../../../lib/runbook/decision';
import { positionsIn } from '../../../lib/runbook/decision/positions';
import { AT, lost, type Sights } from '../_helpers/scene';

type Asked = Partial<NonNullable<MemberObservation['position']>>;
const asked = (ago: number, more: Asked = {}): Partial<MemberObservation> => ({
  position: { appliedTo: AT - ago, error: 0, source: 'sql', ...more },
});
const bytes = (ordinal: number): Asked => ({ ordinal, unit: 'bytes' });

/** How long before AT each member has applied, and the error, as far as known. */
function of(sights: Sights): Readonly<Record<string, readonly [number, number] | undefined>> {
  const observation = lost(sights);
  const positions = positionsIn(observation, policyFor(observation.topology));
  return Object.fromEntries(
    [...positions].map(([id, { position }]) => [id, position && [AT - position.appliedTo, position.error]]),
  );
}

test.each<[string, Sights, ReturnType<typeof of>]>([
  [
    'who has more log has at least what the others have, as certainly as they',
    { bab: asked(350, bytes(7)), cyd: asked(302, { ...bytes(5), error: 3 }), dot: asked(400, bytes(5)) },
    { bab: [302, 3], cyd: [302, 3], dot: [302, 3] },
  ],
  [
    'what is certain counts, not what is guessed',
    { bab: asked(310, bytes(7)), cyd: asked(302, { ...bytes(5), error: 30 }), dot: asked(400) },
    { bab: [310, 0], cyd: [302, 30], dot: [400, 0] },
  ],
  [
    'who counts transactions is not compared with who counts bytes',
    { bab: asked(350, { ordinal: 7, unit: 'transactions' }), cyd: asked(302, bytes(5)), dot: asked(400) },
    { bab: [350, 0], cyd: [302, 0], dot: [400, 0] },
  ],
  [
    'a member that is written to lends its time to nobody',
    { bab: asked(350, bytes(7)), cyd: { ...asked(302, bytes(5)), acceptsWrites: 'yes' }, dot: asked(400) },
    { bab: [350, 0], cyd: [302, 0], dot: [400, 0] },
  ],
  [
    'nor does one that follows nobody',
    { bab: asked(350, bytes(7)), cyd: { ...asked(302, bytes(5)), replication: 'none' }, dot: asked(400) },
    { bab: [350, 0], cyd: [302, 0], dot: [400, 0] },
  ],
  [
    'nor does it borrow any',
    { bab: { ...asked(350, bytes(7)), acceptsWrites: 'yes' }, cyd: asked(302, bytes(5)), dot: asked(400) },
    { bab: [350, 0], cyd: [302, 0], dot: [400, 0] },
  ],
])('%s', (_, sights, expected) => {
  expect(of(sights)).toStrictEqual(expected);
});

test('a sick member lends its time all the same: what it has applied was committed', () => {
  expect(
    of({ bab: asked(350, bytes(7)), cyd: { ...asked(302, bytes(5)), isReady: false }, dot: asked(400) }),
  ).toStrictEqual({
    bab: [302, 0],
    cyd: [302, 0],
    dot: [400, 0],
  });
});
