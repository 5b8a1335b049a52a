import { policyFor, type Observation } from '../../../lib/runbook/decision';
import { aliveUntil, provenStop } from '../../../lib/runbook/decision/alive-until';
import { AT, lost, LOST, scene, type Sights } from '../_helpers/scene';

const ago = (instant: number | undefined) => (instant === undefined ? 'unknown' : AT - instant);
const alive = (observation: Observation) => ago(aliveUntil(observation, 'ada', policyFor(observation.topology)));
const stop = (observation: Observation) => ago(provenStop(observation, policyFor(observation.topology)));
const UNSEEN = { ...LOST, lastSeenAlive: undefined };
const asked = (seconds: number) => ({ position: { appliedTo: AT - seconds, error: 0, source: 'sql' } }) as const;

test.each<[string, Sights, number | string]>([
  ['what was seen', {}, 300],
  ['nothing', { ada: UNSEEN }, 'unknown'],
  ['its answer', { ada: { ...LOST, dataPlane: 'reachable', acceptsWrites: 'no' } }, 0],
  ['a host that answers no question', { ada: { ...LOST, dataPlane: 'reachable' } }, 300],
  ['what a follower heard, its clock ahead', { bab: { lastHeard: AT - 100 } }, 101],
  ['what a follower of a follower heard: that one', { dot: { lastHeard: AT - 100 } }, 300],
  ['what a follower of a follower has applied', { dot: asked(50) }, 51],
  ['what somebody wrote on a follower', { dot: { ...asked(50), acceptsWrites: 'yes' } }, 300],
  ['what a clock of the future says', { bab: asked(-3600) }, 300],
  ['a time to come', { ada: { ...LOST, lastSeenAlive: AT + 1 } }, 0],
])('the primary was alive by %s', (_, sights, expected) => {
  expect(alive(lost(sights))).toBe(expected);
});

test.each<[string, Sights, number | string]>([
  ['by proof', {}, 298],
  ['without one', { ada: { ...LOST, stoppedAt: undefined } }, 'unknown'],
  ['against its own word', { ada: { ...LOST, acceptsWrites: 'yes' } }, 'unknown'],
  ['by a proof of the future', { ada: { ...LOST, stoppedAt: AT + 1 } }, 'unknown'],
  ['against a later write that a follower has', { bab: asked(295) }, 'unknown'],
  ['with a later write that two clocks explain', { bab: asked(296) }, 298],
  ['with a later write of a follower that is written to', { bab: { ...asked(295), acceptsWrites: 'yes' } }, 298],
])('the primary has stopped: %s', (_, sights, expected) => {
  expect(stop(lost(sights))).toBe(expected);
});

test('a primary that takes writes is alive now', () => {
  expect([alive(scene()), stop(scene())]).toStrictEqual([0, 'unknown']);
});
