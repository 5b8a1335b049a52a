import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { adviceLines, commandLines } from '../../../lib/cli/runbook/typed-lines';
import { commandLine } from '../../../lib/runbook/execution';
import type { RunbookEvent } from '../../../lib/runbook/contract';
import { runs } from '../../_proofs/_helpers/runs';

const HASH = 'c0ffee'.padEnd(64, '0');

test('a short command is one line', () => {
  expect(commandLines('understudy plan orders --region eu-west-1')).toStrictEqual([
    '  understudy plan orders --region eu-west-1',
  ]);
});

test('a long one is broken between options, and the hash of a plan fits', () => {
  const line = `understudy promote orders --region eu-west-1 --failover --reason 'a b' --accept-split-brain-risk 'Ada: the cable' --approve ${HASH}`;
  expect(commandLines(line)).toStrictEqual([
    "  understudy promote orders --region eu-west-1 --failover --reason 'a b' \\",
    "    --accept-split-brain-risk 'Ada: the cable' \\",
    `    --approve ${HASH}`,
  ]);
});

test('a shell reads the lines as it reads the command, whatever the reason is', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '--x', '`', '\n', '#'), minLength: 1 });
  const event = fc.record({
    mode: fc.constant('failover' as const),
    reason: text,
    acceptSplitBrainRisk: fc.record({ by: text, reason: text }),
    target: text,
    approve: fc.constant(HASH),
  });
  const words = (command: string): readonly string[] =>
    execFileSync('sh', ['-c', `understudy() { printf '%s\\0' "$@"; }\n${command}`], { encoding: 'utf8' }).split('\0');
  fc.assert(
    fc.property(event, (each: RunbookEvent) => {
      const line = commandLine(each, { topology: 'orders', region: 'eu-west-1' });
      expect(words(commandLines(line).join('\n'))).toStrictEqual(words(line));
    }),
    runs(10),
  );
});

test('advice is its sentence, then its command', () => {
  expect(adviceLines('To stop it: understudy abort orders --run-id run-1')).toStrictEqual([
    'To stop it:',
    '  understudy abort orders --run-id run-1',
  ]);
  expect(adviceLines('understudy status orders')).toStrictEqual(['  understudy status orders']);
  expect(adviceLines('Run understudy of the role.')).toStrictEqual(['Run understudy of the role.']);
});
