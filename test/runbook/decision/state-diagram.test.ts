import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stateDiagram, TRANSITIONS } from '../../../lib/runbook/decision';
import { withStateDiagram } from '../../../scripts/write-state-diagram';

const README = readFileSync(resolve(__dirname, '../../../lib/runbook/README.md'), 'utf8');

test('the diagram in the README is current', () => {
  expect(withStateDiagram(README)).toBe(README);
});

test('draws every row but the interruptions, and where it begins and ends', () => {
  const lines = stateDiagram().split('\n');
  const drawn = TRANSITIONS.filter(({ next }) => next !== 'IN_PROGRESS');
  expect(lines.slice(0, 2)).toStrictEqual(['stateDiagram-v2', '  [*] --> start']);
  expect(lines.filter((line) => line.endsWith('--> [*]'))).toStrictEqual(
    ['DONE', 'NEEDS_OPERATOR', 'ABORTED', 'REFUSED'].map((outcome) => `  ${outcome} --> [*]`),
  );
  const labels = lines.slice(2, -4).flatMap((line) => line.replace(/^.*?: /, '').split('<br/>'));
  expect(labels).toHaveLength(drawn.length);
  const arrows = lines.map((line) => line.split(': ')[0]);
  expect(new Set(arrows).size).toBe(arrows.length);
});

test('writes kinds and bounds into the labels, and no hyphen into names', () => {
  const lines = stateDiagram().split('\n');
  expect(lines).toContain('  fence --> catch_up: ok (switchover)');
  expect(lines).toContain(
    '  fence --> promote: ok (failover)<br/>left to the cloud<br/>risk accepted (failover, at best DEGRADED)',
  );
  expect(lines).toContain('  repoint --> rebuild: ok<br/>incomplete (at best NEEDS_OPERATOR)');
  expect(stateDiagram()).not.toContain('catch-up');
});
