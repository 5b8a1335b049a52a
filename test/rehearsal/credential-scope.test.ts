import { credentialScope } from '../../lib/rehearsal/credential-scope';

const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKID/20300101/eu-west-1/rds/aws4_request, SignedHeaders=host, Signature=00';

test('says who calls which service where', () => {
  expect(credentialScope(SIGNED)).toEqual({ caller: 'AKID', region: 'eu-west-1', service: 'rds' });
});

test.each([undefined, '', 'Bearer token', SIGNED.replace('/rds', '')])('%p is not signed', (header) => {
  expect(credentialScope(header)).toBeUndefined();
});
