import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isUpToDate, writeStamp } from '../../scripts/stamp';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'stamp-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A second of 2026. */
const at = (second: number): number => Date.parse('2026-01-01T00:00:00Z') + second * 1000;

function file(name: string, text: string, second: number): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  utimesSync(path, at(second) / 1000, at(second) / 1000);
  return path;
}

function stamped(): { readonly stamp: string; readonly source: string; readonly made: string } {
  const [source, made] = [file('a.ts', 'source', 1), file('a.js', 'made', 3)];
  const stamp = join(folder, 'stamp');
  writeStamp(stamp, { sources: [source], made: [made, join(folder, 'absent')], began: at(2) });
  return { stamp, source, made };
}

test('what has not changed is up to date; what was never made is not', () => {
  const { stamp } = stamped();
  expect([isUpToDate(stamp), isUpToDate(join(folder, 'none'))]).toEqual([true, false]);
});

test.each([
  ['a source that is written again', () => file('a.ts', 'sourcE', 4)],
  ['a source of another size and the same time', () => file('a.ts', 'source, longer', 1)],
  ['what was made, and written over', () => file('a.js', 'Made', 5)],
  ['what was made, and is gone', () => rmSync(join(folder, 'a.js'))],
  ['what was not there, and is', () => file('absent', '', 5)],
])('not up to date: %s', (_, change) => {
  const { stamp } = stamped();
  change();
  expect(isUpToDate(stamp)).toBe(false);
});

test('a source that was written meanwhile leaves no stamp: what was made may be of what it was before', () => {
  const stamp = join(folder, 'stamp');
  writeStamp(stamp, { sources: [file('a.ts', 'source', 2)], made: [], began: at(2) });
  expect(isUpToDate(stamp)).toBe(false);
});
