import { rehearsalProgress } from '../../../lib/cli/rehearse/rehearsal-progress';
import { REHEARSAL } from '../../rehearsal/report/_helpers/rehearsed';
import { STAGE } from '../_helpers/fake-rehearsal';
import { MemoryIo } from '../_helpers/memory-io';

const [, run] = REHEARSAL.runs;
const rows = run?.rows ?? [];
const BROKEN = {
  ...REHEARSAL,
  verdict: {
    ...REHEARSAL.verdict,
    isKept: false,
    promises: [{ id: 'one-writer', isKept: false, seen: 'two' } as const],
  },
};

/** All that happens in one rehearsal. */
function told(title: string, io: MemoryIo, titles = [title]): ReturnType<typeof rehearsalProgress> {
  const progress = rehearsalProgress(titles, io);
  const listener = progress.listen(title);
  listener.onRaised?.(STAGE);
  listener.onAct?.({ at: 0, text: 'killed', member: 'ada' });
  for (const row of rows) listener.onRow?.(row, 1);
  return progress;
}

test('without a terminal there is one line for each change', () => {
  const io = new MemoryIo();
  const progress = told('primary-killed', io);
  progress.judged('primary-killed', REHEARSAL);
  progress.end();
  expect(io.err.split('\n').map((line) => line.replace('+0s primary-killed: ', ''))).toEqual([
    'starting servers',
    '3 servers run, and clients write',
    'ada: killed',
    'start: take the lease',
    'preflight: check what stands against it',
    'promote: promote',
    'restore: backups, standby, protection',
    'the run is over; clients go on',
    'every promise kept',
    '',
  ]);
});

/** The screen as it is last seen, before it is taken away. */
const screenOf = (io: MemoryIo): readonly string[] =>
  (io.err.split(/\u001b\[\d+A\r\u001b\[J/).findLast((screen) => screen !== '') ?? '').split('\n').slice(0, -1);

test('on a terminal each has a line', () => {
  const io = new MemoryIo({}, { isTTY: true, columns: 60, env: { NO_COLOR: '1' } });
  const progress = told('primary-killed', io, ['failback', 'primary-killed']);
  progress.judged('primary-killed', BROKEN);
  progress.listen('failback');
  progress.note('Something stays.');
  progress.end();
  expect(screenOf(io)).toEqual([
    'Something stays.',
    '[>] failback           0s  starting servers',
    '[!] primary-killed     0s  broken: one-writer',
  ]);
});

test('and one that is alone has the phases of its run', () => {
  const io = new MemoryIo({}, { isTTY: true, columns: 60, env: { NO_COLOR: '1' } });
  const progress = rehearsalProgress(['primary-killed'], io);
  const listener = progress.listen('primary-killed');
  listener.onRaised?.(STAGE);
  for (const row of rows.slice(0, 4)) listener.onRow?.(row, 1);
  progress.end();
  const screen = screenOf(io);
  expect(screen[0]).toMatch(/^\[>\] primary-killed {5}0s {2}promote: promote$/);
  expect(
    screen.filter((line) => line.startsWith('[x]') || line.startsWith('[>]')).map((line) => line.slice(0, 12)),
  ).toEqual(['[>] primary-', '[x] observe ', '[x] fence   ', '[>] promote ']);
});
