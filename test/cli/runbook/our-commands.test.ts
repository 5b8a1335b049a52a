import { inOurCommands } from '../../../lib/cli/runbook/our-commands';
import { invokeCommand } from '../../../lib/runbook/handlers/invoke-command';
import { callCommand } from '../../../lib/runbook/handlers/google-answering';
import type { GoogleRunbookSettings, RunbookEvent } from '../../../lib/runbook/contract';
import { commandLine } from '../../../lib/runbook/execution';

const PLACE = { topology: 'orders', region: 'eu-west-1' };

test.each<RunbookEvent>([
  { mode: 'plan' },
  { mode: 'failover', reason: "it's 'gone' $HOME", acceptSplitBrainRisk: { by: 'Ada', reason: 'x' } },
  { mode: 'abort', runId: 'run-1', reason: '/dev/stdout' },
])('what the function advises is said with this command: %j', (event) => {
  const settings = { region: 'eu-west-1', functionName: 'understudy-orders-promote' };
  const advice = `To do it: ${invokeCommand(event, settings, 'self')}`;
  expect(inOurCommands(advice, PLACE)).toBe(`To do it: ${commandLine(event, PLACE)}`);
});

test('what a function on Google advises is, too', () => {
  const settings = {
    functionName: 'understudy-orders-europe-north1-promote',
    region: 'europe-north1',
    project: 'acme',
  };
  const place = { topology: 'orders', region: 'europe-north1', project: 'acme' };
  const event = { mode: 'abort', runId: 'run-1', reason: "it's late" } as const;
  const advice = `To stop it: ${callCommand(event, settings as GoogleRunbookSettings)}.`;
  expect(inOurCommands(advice, place)).toBe(`To stop it: ${commandLine(event, place)}.`);
});

test('it leads to where this command was sent', () => {
  const advice = `Again: ${invokeCommand({ mode: 'plan' }, { region: 'eu-west-1' }, 'self')}`;
  expect(inOurCommands(advice, { ...PLACE, functionName: 'mine' })).toBe(
    'Again: understudy plan orders --region eu-west-1 --function mine',
  );
});

test.each([
  'dublin-a is the primary.',
  'aws lambda invoke --payload \'{"mode":"dance"}\' /dev/stdout',
  "aws lambda invoke --payload 'no JSON' /dev/stdout",
])('what is not understood is left as it is: %s', (text) => {
  expect(inOurCommands(text, PLACE)).toBe(text);
});
