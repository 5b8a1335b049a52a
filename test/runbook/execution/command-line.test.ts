import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { RunbookEvent } from '../../../lib/runbook/contract';
import { commandLine } from '../../../lib/runbook/execution';
import { shellQuote } from '../../../lib/runbook/execution/shell-quote';
import { runs } from '../../_proofs/_helpers/runs';

const HASH = 'c0ffee'.padEnd(64, '0');
const PLACE = { topology: 'orders', region: 'eu-west-1' };

describe('every mode has its command', () => {
  test.each<[RunbookEvent, string]>([
    [{ mode: 'plan' }, 'understudy plan orders --region eu-west-1'],
    [
      { mode: 'plan', target: 'dublin-a', acceptDataLoss: 90, override: ['stale-target', 'cooling-down'] },
      'understudy plan orders --region eu-west-1 --target dublin-a --accept-data-loss 90 --override stale-target --override cooling-down',
    ],
    [
      { mode: 'switchover', reason: 'Patch day', expectedPrimary: 'virginia-a', approve: HASH },
      `understudy promote orders --region eu-west-1 --switchover --expected-primary virginia-a --reason 'Patch day' --approve ${HASH}`,
    ],
    [
      { mode: 'failover', reason: "it's gone", acceptSplitBrainRisk: { by: 'Ada L.', reason: 'cable: cut' } },
      `understudy promote orders --region eu-west-1 --failover --reason 'it'\\''s gone' --accept-split-brain-risk 'Ada L.: cable: cut'`,
    ],
    [{ mode: 'status', runId: 'run-1' }, 'understudy status orders --region eu-west-1 --run-id run-1'],
    [
      { mode: 'abort', runId: 'run-1', reason: 'why it has to stop' },
      "understudy abort orders --region eu-west-1 --run-id run-1 --reason 'why it has to stop'",
    ],
    [
      { mode: 'unfence', target: 'virginia-a', reason: 'repaired' },
      'understudy unfence orders --region eu-west-1 --target virginia-a --reason repaired',
    ],
  ])('%j', (event, line) => {
    expect(commandLine(event, PLACE)).toBe(line);
  });
});

test('what was left open is left out', () => {
  expect(commandLine({ mode: 'status', runId: undefined }, PLACE)).toBe('understudy status orders --region eu-west-1');
});

test('it leads to where the run is', () => {
  expect(commandLine({ mode: 'plan' }, { ...PLACE, isLocal: true })).toBe(
    'understudy plan orders --region eu-west-1 --local',
  );
  expect(commandLine({ mode: 'plan' }, { ...PLACE, isLocal: true, isConnected: true })).toBe(
    'understudy plan orders --region eu-west-1 --local --connected',
  );
  expect(commandLine({ mode: 'plan' }, { ...PLACE, functionName: 'my promotions' })).toBe(
    "understudy plan orders --region eu-west-1 --function 'my promotions'",
  );
});

test('a value that begins like an option stays a value', () => {
  const event: RunbookEvent = { mode: 'abort', runId: '-1', reason: '--force' };
  expect(commandLine(event, PLACE)).toBe("understudy abort orders --region eu-west-1 --run-id='-1' --reason='--force'");
});

describe('a quoted word', () => {
  test.each([
    ['plain-1_2.3/4:5@6%7+8,9=0', 'plain-1_2.3/4:5@6%7+8,9=0'],
    ['', "''"],
    ['=ls', "'=ls'"],
    ['~root', "'~root'"],
    ['a b', "'a b'"],
    ['$(rm -r x)', "'$(rm -r x)'"],
    ["don't", `'don'\\''t'`],
    ['a\0b', 'ab'],
  ])('%j', (text, quoted) => {
    expect(shellQuote(text)).toBe(quoted);
  });

  test('is read back by a real shell as it was, whatever it is', () => {
    const nasty = fc.constantFrom(
      "'",
      '"',
      '\\',
      '$',
      '`',
      '!',
      '\n',
      '\r',
      '\t',
      ' ',
      '~',
      '*',
      '#',
      '&',
      ';',
      '\u001b',
    );
    const text = fc.string({ unit: fc.oneof(nasty, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) });
    const words = fc.array(
      text.map((each) => each.replaceAll('\0', '')),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(words, (list) => {
        // A NUL ends each word: no argument has one inside.
        const script = `printf '%s\\0' ${list.map(shellQuote).join(' ')}`;
        const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
        expect(read).toStrictEqual(list);
      }),
      runs(20),
    );
  });
});
