import { formatArn, parseArn } from '../../../lib/rehearsal/rds/arn';

test.each([
  ['eu-west-1', 'arn:aws:rds:eu-west-1:123456789012:db:orders'],
  ['cn-north-1', 'arn:aws-cn:rds:cn-north-1:123456789012:db:orders'],
  ['us-gov-west-1', 'arn:aws-us-gov:rds:us-gov-west-1:123456789012:db:orders'],
])('%s', (region, text) => {
  const name = { region, account: '123456789012', kind: 'db' as const, id: 'orders' };
  expect(formatArn(name)).toBe(text);
  expect(parseArn(text)).toEqual(name);
});

test.each(['orders', '', 'arn:aws:s3:::bucket', 'arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:orders'])(
  '%s is none of ours',
  (text) => {
    expect(parseArn(text)).toBeUndefined();
  },
);
