import { RebootDBClusterCommand } from '@aws-sdk/client-rds';
import { EmbeddedCloud } from '../../../lib/rehearsal';
import { HOME, rdsRequest, refusalOf, setUp, tearDown } from '../_helpers/stage';

afterEach(tearDown);

test('an action that is not played is refused loudly, and counted as a mutation', async () => {
  const { rds, cloud } = await setUp();
  expect(await refusalOf(rds.send(new RebootDBClusterCommand({ DBClusterIdentifier: 'orders' })))).toEqual([
    'NotImplemented',
    'The embedded cloud does not play the action RebootDBCluster.',
    501,
  ]);
  expect(cloud.mutations).toHaveLength(1);
});

const answer = (action: string): unknown =>
  new EmbeddedCloud().answer(rdsRequest(HOME, `Action=${action}&Version=2014-10-31`));
const common = {
  kind: 'reply',
  headers: { 'content-type': 'text/xml' },
  requestId: '00000000-0000-4000-8000-000000000001',
  afterSeconds: 0,
};

test('an answer on the wire', () => {
  expect(answer('DescribeDBInstances')).toEqual({
    ...common,
    status: 200,
    body:
      '<DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">' +
      '<DescribeDBInstancesResult><DBInstances></DBInstances></DescribeDBInstancesResult>' +
      '<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000001</RequestId></ResponseMetadata>' +
      '</DescribeDBInstancesResponse>',
  });
});

test('an error on the wire', () => {
  expect(answer('RebootDBInstance')).toEqual({
    ...common,
    status: 400,
    body:
      '<ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>Sender</Type>' +
      '<Code>MissingParameter</Code><Message>The request must contain the parameter DBInstanceIdentifier</Message></Error>' +
      '<RequestId>00000000-0000-4000-8000-000000000001</RequestId></ErrorResponse>',
  });
});
