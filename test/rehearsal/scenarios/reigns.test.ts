import type { Write } from '../../../lib/rehearsal/clients/write-log';
import { reignsIn } from '../../../lib/rehearsal/scenarios/reigns';
import type { JournalRow } from '../../../lib/runbook/execution/ports';

const write = (host: string, ended: number, end: Write['end'] = 'acknowledged'): Write => ({
  ...{ id: `${host}-${ended}`, client: 'wes', host, end, ended },
  sent: ended - 5,
});
const promoted = (member: string, from: string, second: number): JournalRow => ({
  ...{ type: 'promoted', number: 1, at: second, member, from, declared: from },
});
const reigns = (rows: readonly JournalRow[], ...writes: readonly Write[]): unknown =>
  reignsIn({ began: 1000, primary: 'a', rows, writes, hostOf: (member) => member });

test('nobody is promoted: the primary of the beginning is it in the end', () => {
  expect(reigns([])).toEqual([{ member: 'a', from: 1000, tookWrites: false }]);
  expect(reigns([], write('a', 1500))).toEqual([{ member: 'a', from: 1000, tookWrites: true }]);
});

test('who follows begins with its promotion, and who was before ends there', () => {
  expect(reigns([promoted('b', 'a', 9)], write('a', 5000), write('b', 9500))).toEqual([
    { member: 'a', from: 1000, to: 9000, tookWrites: true },
    { member: 'b', from: 9000, tookWrites: true },
  ]);
});

test('one that takes writes beside its successor ends with the last of them', () => {
  expect(reigns([promoted('b', 'a', 9)], write('a', 12_000), write('b', 9500))).toEqual([
    { member: 'a', from: 1000, to: 12_000, tookWrites: true },
    { member: 'b', from: 9000, tookWrites: true },
  ]);
});

test('only what is acknowledged counts', () => {
  const writes = [write('a', 12_000, 'unknown'), write('b', 9500, 'refused')];
  expect(reigns([promoted('b', 'a', 9)], ...writes)).toEqual([
    { member: 'a', from: 1000, to: 9000, tookWrites: false },
    { member: 'b', from: 9000, tookWrites: false },
  ]);
});

test('who comes back has two reigns, and the writes of the second do not lengthen the first', () => {
  const rows = [promoted('a', 'b', 20), promoted('b', 'a', 9)];
  expect(reigns(rows, write('a', 5000), write('b', 15_000), write('a', 25_000))).toEqual([
    { member: 'a', from: 1000, to: 9000, tookWrites: true },
    { member: 'b', from: 9000, to: 20_000, tookWrites: true },
    { member: 'a', from: 20_000, tookWrites: true },
  ]);
});

test('what who comes back takes between the call and its row belongs to its second reign', () => {
  const call = (second: number): JournalRow => ({
    ...{ type: 'attempt', number: 1, at: second, phase: 'promote', procedure: 'promote', step: 's', title: 't' },
  });
  const rows = [call(8), promoted('b', 'a', 9), call(18), promoted('a', 'b', 20)];
  expect(reigns(rows, write('a', 5000), write('b', 15_000), write('a', 19_000))).toEqual([
    { member: 'a', from: 1000, to: 9000, tookWrites: true },
    { member: 'b', from: 9000, to: 20_000, tookWrites: true },
    { member: 'a', from: 20_000, tookWrites: false },
  ]);
});
