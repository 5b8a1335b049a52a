import { isAwsCallError, translateError } from '../../../../lib/runbook/adapters/aws';
import { UnderstudyError } from '../../../../lib/topology';

const SUBJECT = { service: 'ssm', action: 'PutParameter', region: 'eu-west-1', resource: '/orders/writer' };

function told(error: object): readonly unknown[] {
  const translated = translateError(error, SUBJECT);
  return isAwsCallError(translated) ? [translated.code, translated.awsCode, translated.isAnswered] : ['as it was'];
}

const answered = (name: string, httpStatusCode: number): object => ({
  ...{ name, message: 'so', $fault: 'client', $metadata: { httpStatusCode, requestId: '1' } },
});
const ofNetwork = (code: string, syscall: string): object =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall, name: 'TimeoutError' });

test.each([
  [answered('TooManyRequestsException', 429), ['aws-throttled', 'TooManyRequestsException', true]],
  [answered('PriorRequestNotComplete', 400), ['aws-throttled', 'PriorRequestNotComplete', true]],
  [
    answered('ProvisionedThroughputExceededException', 400),
    ['aws-throttled', 'ProvisionedThroughputExceededException', true],
  ],
  [answered('RequestLimitExceeded', 503), ['aws-throttled', 'RequestLimitExceeded', true]],
  [answered('Anything', 429), ['aws-throttled', 'Anything', true]],
  // A quota: it stays exceeded.
  [answered('LimitExceededException', 400), ['aws-refused', 'LimitExceededException', true]],
  [answered('AccessDeniedException', 400), ['aws-denied', 'AccessDeniedException', true]],
  [answered('ExpiredTokenException', 400), ['aws-denied', 'ExpiredTokenException', true]],
  [answered('SignatureDoesNotMatch', 403), ['aws-denied', 'SignatureDoesNotMatch', true]],
  [answered('ValidationException', 400), ['aws-refused', 'ValidationException', true]],
  [answered('RequestTimeout', 400), ['aws-unclear', 'RequestTimeout', true]],
  [answered('ServiceUnavailable', 503), ['aws-unclear', 'ServiceUnavailable', true]],
  [{ name: 'CredentialsProviderError', message: 'none' }, ['aws-denied', 'CredentialsProviderError', false]],
  [{ name: 'AbortError', message: 'aborted' }, ['aws-unclear', 'AbortError', false]],
  [ofNetwork('ENOTFOUND', 'getaddrinfo'), ['aws-not-sent', 'ENOTFOUND', false]],
  [ofNetwork('ETIMEDOUT', 'connect'), ['aws-not-sent', 'ETIMEDOUT', false]],
  [ofNetwork('ETIMEDOUT', 'read'), ['aws-unclear', 'ETIMEDOUT', false]],
  [ofNetwork('EPIPE', 'write'), ['aws-unclear', 'EPIPE', false]],
  [
    Object.assign(new AggregateError([ofNetwork('ECONNREFUSED', 'connect'), ofNetwork('ENETUNREACH', 'connect')]), {
      code: 'ECONNREFUSED',
    }),
    ['aws-not-sent', 'ECONNREFUSED', false],
  ],
  [
    Object.assign(new AggregateError([ofNetwork('ECONNREFUSED', 'connect'), ofNetwork('ECONNRESET', 'read')]), {
      code: 'ECONNREFUSED',
    }),
    ['aws-unclear', 'ECONNREFUSED', false],
  ],
  [new Error('AWS SDK error wrapper for Error: getaddrinfo EAI_AGAIN x'), ['aws-not-sent', 'EAI_AGAIN', false]],
  [new Error('AWS SDK error wrapper for AggregateError: '), ['aws-unclear', 'AggregateError', false]],
  [new TypeError('a defect'), ['as it was']],
])('case %#', (error, expected) => {
  expect(told(error)).toEqual(expected);
});

test('an error of ours stays as it is', () => {
  const ours = new UnderstudyError('lease-lost', 'the lease is lost');
  expect(translateError(ours, SUBJECT)).toBe(ours);
});

test('a message ends with its first line: a wrong signature tells the session token below it', () => {
  const error = {
    ...answered('SignatureDoesNotMatch', 403),
    message: 'It does not match.\n\nx-amz-security-token:secret',
  };
  expect((translateError(error, SUBJECT) as Error).message).toBe(
    'ssm:PutParameter of /orders/writer in eu-west-1 was denied: it had no effect; allow ssm:PutParameter to the credentials ' +
      'that were used, or use others (SignatureDoesNotMatch: It does not match; HTTP 403, request 1)',
  );
});

test.each([
  ['CreateDBInstanceReadReplica', 'aws-not-yet', 'retryable'],
  ['PromoteReadReplica', 'aws-refused', 'refused'],
])('a state that does not allow %s: %s', (action, code, family) => {
  const error = answered('InvalidDBInstanceStateFault', 400);
  expect(translateError(error, { ...SUBJECT, service: 'rds', action })).toMatchObject({ code, family });
});
