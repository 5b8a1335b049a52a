import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const TEXT = readFileSync(resolve(__dirname, '../../lib/runbook/INVARIANTS.md'), 'utf8');
const NAMED = [...TEXT.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([, file = '', name = '']) => ({ file, name }));

test('all seven are listed', () => {
  expect([...TEXT.matchAll(/^## (I\d)\. /gm)].map(([, id]) => id)).toStrictEqual([
    'I1',
    'I2',
    'I3',
    'I4',
    'I5',
    'I6',
    'I7',
  ]);
});

test.each(NAMED)('$file has the test "$name"', ({ file, name }) => {
  expect(readFileSync(join(__dirname, file), 'utf8')).toContain(`'${name}'`);
});
