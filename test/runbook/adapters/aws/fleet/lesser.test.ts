import { isOlderVersion, isSmallerClass } from '../../../../../lib/runbook/adapters/aws/fleet/lesser';

test.each([
  ['16.4', '16.4', false],
  ['16.3', '16.4', true],
  ['16.10', '16.9', false],
  ['15.9', '16.1', true],
  ['17.1', '16.9', false],
  ['8.0.46', '8.4.7', true],
  ['16', '16.4', false],
  ['', '16.4', false],
])('version %p below %p: %p', (version, than, expected) => {
  expect(isOlderVersion(version, than)).toBe(expected);
});

test.each([
  ['db.m7g.large', 'db.m7g.large', false],
  ['db.m7g.large', 'db.m7g.xlarge', true],
  ['db.m7g.xlarge', 'db.m7g.2xlarge', true],
  ['db.m7g.16xlarge', 'db.r6i.8xlarge', false],
  ['db.t4g.micro', 'db.t4g.medium', true],
  ['db.m7g.xlarge', 'db.m7g.large', false],
  ['db.m7g.metal', 'db.m7g.large', false],
  ['db.x2iedn.2xlarge.tpc2', 'db.x2iedn.4xlarge', true],
  ['', 'db.m7g.large', false],
])('class %p below %p: %p', (size, than, expected) => {
  expect(isSmallerClass(size, than)).toBe(expected);
});
