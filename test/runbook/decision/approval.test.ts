import { approvalOf } from '../../../lib/runbook/decision';

const [HASH, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];

test('the plan that was approved is the plan', () => {
  expect(approvalOf({ isPlanOnly: false, planHash: HASH, approve: HASH })).toStrictEqual({ signal: 'ok' });
});

test('a plan needs no approval', () => {
  expect(approvalOf({ isPlanOnly: true, planHash: HASH })).toStrictEqual({ signal: 'plan only' });
});

test('no approval', () => {
  expect(approvalOf({ isPlanOnly: false, planHash: HASH })).toStrictEqual({
    signal: 'not approved',
    problem: `nobody has approved the plan ${HASH}`,
    fix: `read the plan, and call again with approve: ${HASH}`,
  });
});

test('another plan was approved', () => {
  expect(approvalOf({ isPlanOnly: false, planHash: HASH, approve: OTHER })).toStrictEqual({
    signal: 'not approved',
    problem: `the plan that was approved is ${OTHER}, and the plan now is ${HASH}`,
    fix: `what was asked, or what is seen, has changed: read the plan again, and call again with approve: ${HASH}`,
  });
});
