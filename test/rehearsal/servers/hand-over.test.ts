import { handOver } from '../../../lib/rehearsal/servers/hand-over';
import type { ServedMember } from '../../../lib/rehearsal/servers/served-member';

let done: string[];
beforeEach(() => (done = []));

function member(id: string, more: Partial<ServedMember> = {}): ServedMember {
  let shut = false;
  const note = (what: string): Promise<void> => Promise.resolve(void done.push(`${what} ${id}`));
  const doors = {
    get shut() {
      return shut;
    },
    set shut(is: boolean) {
      shut = is;
      done.push(`${is ? 'shut' : 'open'} ${id}`);
    },
    drop: () => void done.push(`drop ${id}`),
  };
  return {
    ...{ id, doors, server: { stop: () => note('stop'), start: () => note('start') } },
    arrived: () => note('wait for').then(() => true),
    promote: () => note('promote'),
    ...more,
  } as unknown as ServedMember;
}

test('nobody is let in before all has come over, and the old one has ended before the new one begins', async () => {
  await handOver(member('ada'), member('bab'), 100);
  expect(done).toEqual(['shut ada', 'drop ada', 'wait for bab', 'stop ada', 'promote bab']);
});

test('when it takes too long, the old one is let be what it was', async () => {
  const late = member('bab', { arrived: () => Promise.resolve(false) });
  await expect(handOver(member('ada'), late, 100)).rejects.toMatchObject({
    code: 'hand-over-late',
    message:
      'bab did not have everything of ada in time; allowed: all of it before the time of the switchover is over; try again when it lags less',
  });
  expect(done).toEqual(['shut ada', 'drop ada', 'start ada', 'open ada']);
});

test('when the new one does not begin, neither', async () => {
  const dead = member('bab', { promote: () => Promise.reject(new Error('it ended')) });
  await expect(handOver(member('ada'), dead, 100)).rejects.toThrow('it ended');
  expect(done.slice(-3)).toEqual(['stop ada', 'start ada', 'open ada']);
});
