import { VirtualClock } from '../../../lib/rehearsal';
import { Courses } from '../../../lib/rehearsal/aurora/course';

const soon = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('each step begins when the one before is over, however late somebody looks', () => {
  const clock = new VirtualClock(0);
  const courses = new Courses(clock);
  const seen: string[] = [];
  const note = (what: string) => (): void => void seen.push(`${what} at ${clock.now() / 1000}`);
  courses.begin([
    { seconds: 10, then: note('one') },
    { seconds: 5, then: note('two') },
  ]);
  courses.begin([{ seconds: 12, then: note('other') }]);
  clock.advance(100);
  expect(seen).toEqual(['one at 10', 'other at 12', 'two at 15']);
});

test('a step lasts until its work is done, and the next one begins then', async () => {
  const clock = new VirtualClock(0);
  const courses = new Courses(clock);
  const seen: number[] = [];
  let done = (): void => undefined;
  const work = (): Promise<void> => new Promise((resolve) => (done = resolve));
  courses.begin([
    { seconds: 10, work, then: () => void seen.push(clock.now() / 1000) },
    { seconds: 5, then: () => void seen.push(clock.now() / 1000) },
  ]);
  clock.advance(30);
  expect(seen).toEqual([]);
  done();
  await soon();
  clock.advance(5);
  expect(seen).toEqual([30, 35]);
});

test('work that fails ends it, and something else is done instead', async () => {
  const clock = new VirtualClock(0);
  const courses = new Courses(clock);
  const [then, fail] = [jest.fn(), jest.fn()];
  courses.begin([{ seconds: 1, work: () => Promise.reject(new Error('no')), then }], fail);
  await soon();
  clock.advance(10);
  expect([then.mock.calls.length, fail.mock.calls.length]).toEqual([0, 1]);
});

test('nothing goes on once it is closed', () => {
  const clock = new VirtualClock(0);
  const courses = new Courses(clock);
  const then = jest.fn();
  courses.begin([{ seconds: 1, then }]);
  courses.close();
  clock.advance(10);
  expect(then).not.toHaveBeenCalled();
});
