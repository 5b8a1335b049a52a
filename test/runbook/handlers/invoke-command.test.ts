import { execFileSync } from 'node:child_process';
import { invokeCommand } from '../../../lib/runbook/handlers/invoke-command';

const PLACE = { region: 'eu-west-1', functionName: 'understudy-orders-promote' };

it('names the function that promotes, whoever is asked', () => {
  expect(invokeCommand({ mode: 'status' }, PLACE, 'understudy-orders-plan')).toBe(
    `aws lambda invoke --region eu-west-1 --function-name understudy-orders-promote --cli-binary-format raw-in-base64-out --cli-read-timeout 0 --payload '{"mode":"status"}' /dev/stdout`,
  );
  expect(invokeCommand({ mode: 'status' }, { region: 'eu-west-1' }, 'mine')).toContain('--function-name mine ');
});

it('is one that a shell passes on as it is', () => {
  const event = { mode: 'failover', reason: `it's "gone" $(echo no) \\ \`id\`` } as const;
  const command = invokeCommand(event, PLACE, '').replace('aws ', 'printf "%s\\n" ');
  const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim().split('\n');
  expect(JSON.parse(words[words.indexOf('--payload') + 1] ?? '')).toStrictEqual(event);
});
