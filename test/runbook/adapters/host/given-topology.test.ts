import { gzipSync } from 'node:zlib';
import { givenTopology } from '../../../../lib/runbook/adapters/host';
import { UnderstudyError } from '../../../../lib/topology';

const packed = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('base64');

test('what the infrastructure has packed is there again', () => {
  const topology = { name: 'orders', primary: 'ada', members: [] };
  expect(givenTopology({ topology: packed(topology), region: 'eu-west-1' })).toEqual(topology);
});

test.each([
  ['nothing', ''],
  ['no archive', 'b3JkZXJz'],
  ['something else', packed({ name: 'orders', members: [] })],
])('%s is refused, without a word of what it was', (_, topology) => {
  const message =
    "the runbook's settings in eu-west-1 hold no topology that can be read; allowed: what PromotionRunbook has written; fix: deploy it again";
  expect(() => givenTopology({ topology, region: 'eu-west-1' })).toThrow(
    new UnderstudyError('topology-unreadable', message),
  );
});
