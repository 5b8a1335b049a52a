import { declaredAfter } from '../../../lib/rehearsal/stage/declared-after';
import type { Instance } from '../../../lib/rehearsal/rds/instance';
import { define, type Topology } from '../../../lib/topology';
import { INPUT } from '../_helpers/play';

const TOPOLOGY = define(INPUT);
const instance = (id: string, source?: string, region = 'us-east-1'): Instance => ({ id, region, source }) as Instance;
const THERE = [instance('orders-ada'), instance('orders-bab', undefined, 'eu-west-1'), instance('orders-cyd', 'x')];
const keptIn = ({ members }: Topology): readonly string[] =>
  members.flatMap(({ id, retired }) => (retired === 'kept' ? id : []));

test('nobody was promoted: it is as it was', () => {
  expect(declaredAfter(TOPOLOGY, THERE, 'ada')).toBe(TOPOLOGY);
});

test('the new one is declared as the primary, and who does not follow it as kept', () => {
  const after = declaredAfter(TOPOLOGY, THERE, 'bab');
  expect(after.primary).toBe('bab');
  expect(keptIn(after)).toEqual(['ada', 'cyd']);
  expect(after.members).toHaveLength(3);
});

test('a replica that the runbook has made is a member that follows the new primary', () => {
  const made = [instance('orders-bab-2', 'orders-bab', 'eu-west-1'), instance('other', 'orders-bab')];
  const { members } = declaredAfter(TOPOLOGY, [...THERE, ...made], 'bab');
  expect(members.slice(3)).toEqual([
    {
      ...{ id: 'bab-2', region: 'eu-west-1', replicaOf: 'bab', promotion: 1, storage: {}, tags: {} },
      aws: { identifier: 'orders-bab-2' },
    },
    // Its name was not made of the topology's.
    {
      ...{ id: 'other', region: 'us-east-1', replicaOf: 'bab', promotion: 1, storage: {}, tags: {} },
      aws: { identifier: 'other' },
    },
  ]);
});

test('an instance that follows nobody is nobody of theirs', () => {
  expect(declaredAfter(TOPOLOGY, [...THERE, instance('orders-lone')], 'bab').members).toHaveLength(3);
});
