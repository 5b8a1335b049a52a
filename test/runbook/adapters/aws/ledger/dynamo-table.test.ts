import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '../../../../../lib/runbook/adapters/aws/ledger/dynamo-table';
import { endOf } from './_helpers/table-stage';

/** A client whose every call is refused: the embedded cloud carries out one call after the other, so none meets another. */
function refusing(...codes: string[]): DynamoTable {
  const error = {
    ...{ name: 'TransactionCanceledException', message: `[${codes.join(', ')}]`, $fault: 'client' },
    ...{ $metadata: { httpStatusCode: 400 }, CancellationReasons: codes.map((Code) => ({ Code })) },
  };
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the SDK's own
  const client = { send: () => Promise.reject(error) } as unknown as DynamoDBClient;
  return new DynamoTable({ client, table: 'understudy-orders', topology: 'orders', region: 'eu-west-1' });
}

test.each([[['None', 'TransactionConflict']], [['ThrottlingError', 'None']], [['ProvisionedThroughputExceeded']]])(
  'a transaction that was cancelled for what passes may be made again: %j',
  async (codes) => {
    expect(await endOf(refusing(...codes).transact([]))).toEqual({
      ...{ code: 'ledger-busy', family: 'retryable' },
      message:
        'dynamodb:TransactWriteItems of understudy-orders in eu-west-1 met another write of the same items: it had no effect, and may be made again',
    });
  },
);

test('a condition that does not hold decides, whatever else there is', async () => {
  expect(await endOf(refusing('TransactionConflict', 'ConditionalCheckFailed').transact([]))).toEqual({ value: false });
});

test('a transaction that is wrong is refused', async () => {
  expect(await endOf(refusing('None', 'ValidationError').transact([]))).toEqual({
    ...{ code: 'aws-refused', family: 'refused' },
    message:
      'dynamodb:TransactWriteItems of understudy-orders in eu-west-1 was refused: it had no effect, and would be refused again ' +
      '(TransactionCanceledException: [None, ValidationError])',
  });
});

test('what is a defect passes', async () => {
  const client = { send: () => Promise.reject(new TypeError('a defect')) } as unknown as DynamoDBClient;
  const table = new DynamoTable({ client, table: 't', topology: 'orders', region: 'eu-west-1' });
  await expect(table.update('standing', { update: 'SET #a = :a' })).rejects.toThrow(new TypeError('a defect'));
});
