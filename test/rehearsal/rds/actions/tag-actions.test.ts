import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-rds';
import { ABROAD, arnOf, HOME, refusalOf, setUp, tearDown } from '../../_helpers/stage';

afterEach(tearDown);

const ResourceName = arnOf(HOME, 'orders-a');
const tag = (key: string, value: string): { Key: string; Value: string } => ({ Key: key, Value: value });

test('tags are added, replaced, listed and removed', async () => {
  const { rds, describe } = await setUp();
  await rds.send(new AddTagsToResourceCommand({ ResourceName, Tags: [tag('a', '1'), tag('b', '<2>')] }));
  await rds.send(new AddTagsToResourceCommand({ ResourceName, Tags: [tag('a', '3'), tag('c', '')] }));
  const { TagList } = await rds.send(new ListTagsForResourceCommand({ ResourceName }));
  expect(TagList).toEqual([tag('a', '3'), tag('b', '<2>'), tag('c', '')]);

  await rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['a', 'c', 'none'] }));
  expect((await describe('orders-a')).TagList).toEqual([tag('b', '<2>')]);
});

const TOO_MANY = Array.from({ length: 51 }, (_, at) => tag(`key-${at}`, ''));

test.each([
  ['nobody', { ResourceName: arnOf(HOME, 'nobody') }, ['DBInstanceNotFoundFault', 'DBInstance nobody not found.', 404]],
  [
    'elsewhere',
    { ResourceName: arnOf(ABROAD, 'orders-c') },
    ['DBInstanceNotFoundFault', 'DBInstance orders-c not found.', 404],
  ],
  ['no ARN', { ResourceName: 'orders-a' }, ['InvalidParameterValue', 'Invalid resource name: orders-a', 400]],
  ['too many', { Tags: TOO_MANY }, ['InvalidParameterValue', 'A resource can have at most 50 tags.', 400]],
])('%s', async (_, input, expected) => {
  const { rds, cloud } = await setUp();
  const command = new AddTagsToResourceCommand({ ResourceName, Tags: [tag('a', '1')], ...input });
  expect(await refusalOf(rds.send(command))).toEqual(expected);
  expect(cloud.fleet.instances.flatMap(({ tags }) => tags)).toEqual([]);
});
