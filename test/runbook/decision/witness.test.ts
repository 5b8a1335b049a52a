import { policyFor, witnesses, type MemberObservation, type Observation } from '../../../lib/runbook/decision';
import { sample } from '../../_helpers/sample-topology';
import { AT, lost, LOST, scene } from '../_helpers/scene';

function of(observation: Observation): readonly string[] {
  return witnesses(observation, policyFor(observation.topology)).map(
    ({ member, by, at, until }) => `${member} by ${by} ${AT - at} s ago, for ${until - AT} s`,
  );
}

const asked = (ago: number) => ({ position: { appliedTo: AT - ago, error: 0, source: 'sql' } }) as const;
const running = (more: Partial<MemberObservation>) => ({ replication: 'running', samples: [], ...more }) as const;

test.each<[string, Partial<MemberObservation>, readonly string[]]>([
  ['who has heard just now', running({ lastHeard: AT - 1 }), ['bab by heard 1 s ago, for 30 s']],
  ['to the second', running({ lastHeard: AT - 31 }), ['bab by heard 31 s ago, for 0 s']],
  ['not a second later', running({ lastHeard: AT - 32 }), []],
  ['who has applied a write of just now', running(asked(5)), ['bab by heard 5 s ago, for 26 s']],
  ['the newer of the two', running({ ...asked(500), lastHeard: AT - 5 }), ['bab by heard 5 s ago, for 26 s']],
  [
    'also when replication is not known',
    { ...running(asked(5)), replication: 'unknown' },
    ['bab by heard 5 s ago, for 26 s'],
  ],
  ['not when it has stopped', { ...running(asked(5)), replication: 'stopped' }, []],
  ['not when it follows nobody', { ...running(asked(5)), replication: 'none' }, []],
  ['not when somebody writes on it', { ...running(asked(5)), acceptsWrites: 'yes' }, []],
  ['by its lag', running({ samples: [{ at: AT - 60, lag: 1 }] }), ['bab by lag 61 s ago, for 30 s']],
  ['not by an old lag', running({ samples: [{ at: AT - 90, lag: 2 }] }), []],
  ['not by no lag', running({ samples: [{ at: AT - 1, lag: -1 }] }), []],
  [
    'by its own word, not by a lag that says 0 while its receiver hangs',
    running({ lastHeard: AT - 400, samples: [{ at: AT, lag: 0 }] }),
    [],
  ],
  ['not by a clock that is wrong', running({ lastHeard: AT + 3600 }), []],
  [
    'by its lag when its clock is wrong',
    running({ lastHeard: AT + 3600, samples: [{ at: AT - 60, lag: 0 }] }),
    ['bab by lag 60 s ago, for 31 s'],
  ],
])('%s', (_, sight, expected) => {
  expect(of(lost({ bab: sight }))).toStrictEqual(expected);
});

test('who follows a replica speaks for the primary only by what it has applied', () => {
  const heard = running({ lastHeard: AT, samples: [{ at: AT, lag: 0 }] });
  expect(of(lost({ dot: heard }))).toStrictEqual([]);
  expect(of(lost({ dot: { ...heard, ...asked(7) } }))).toStrictEqual(['dot by heard 7 s ago, for 24 s']);
});

test('the lag of PostgreSQL climbs while the primary is idle: it speaks for it that much longer', () => {
  const idle = (ago: number) =>
    scene({ ada: LOST, bab: running({ samples: [{ at: AT - 60, lag: ago - 60 }] }) }, {}, sample());
  expect([of(idle(391)), of(idle(392))]).toStrictEqual([['bab by lag 391 s ago, for 0 s'], []]);
});
