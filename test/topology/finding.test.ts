import { formatFinding, messageOf, type Finding } from '../../lib/topology';

const finding: Finding = {
  code: 'x',
  severity: 'error',
  path: ['members', 'ada'],
  problem: 'It is red',
  allowed: 'blue',
  fix: 'paint it',
};

describe('messageOf', () => {
  it.each([
    ['paint it', 'It is red. Allowed: blue. Fix: paint it.'],
    ['did you mean blue?', 'It is red. Allowed: blue. Fix: did you mean blue?'],
  ])('ends %s as it should', (fix, message) => {
    expect(messageOf({ ...finding, fix })).toBe(message);
  });
});

describe('formatFinding', () => {
  it.each([
    ['nowhere', {}, undefined, 'error x: members.ada: It is red. Allowed: blue. Fix: paint it.'],
    ['in a file', {}, 'a.yaml', 'a.yaml error x: members.ada: It is red. Allowed: blue. Fix: paint it.'],
    [
      'in a text',
      { position: { line: 2, column: 3 } },
      undefined,
      '2:3 error x: members.ada: It is red. Allowed: blue. Fix: paint it.',
    ],
    [
      'in a line of a file',
      { position: { line: 2, column: 3 } },
      'a.yaml',
      'a.yaml:2:3 error x: members.ada: It is red. Allowed: blue. Fix: paint it.',
    ],
    ['at the top', { path: [] }, undefined, 'error x: It is red. Allowed: blue. Fix: paint it.'],
    [
      'as a warning',
      { severity: 'warning' as const },
      undefined,
      'warning x: members.ada: It is red. Allowed: blue. Fix: paint it.',
    ],
  ])('writes one %s', (_, change, file, line) => {
    expect(formatFinding({ ...finding, ...change }, file)).toBe(line);
  });
});
