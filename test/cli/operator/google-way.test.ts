import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GOOGLE } from '../../../lib/cli/operator/google-way';

const before = { ...process.env };
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'understudy-google-'));
  for (const name of ['GOOGLE_APPLICATION_CREDENTIALS', 'METADATA_SERVER_DETECTION', 'GCE_METADATA_HOST']) {
    Reflect.deleteProperty(process.env, name);
  }
  // Nobody is signed in there.
  Object.assign(process.env, { HOME: home, CLOUDSDK_CONFIG: home });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
  rmSync(home, { recursive: true });
});

test('without credentials it says so, and nothing else does', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  const call = { method: 'dns.changes.create', resource: 'z', verb: 'POST', path: '/' } as const;
  await expect(GOOGLE().rest.call(call)).rejects.toMatchObject({
    code: 'google-denied',
    message:
      'dns.changes.create of z was not sent: there are no credentials for Google Cloud; allowed: Application Default Credentials; run gcloud auth application-default login, or give the function a service account',
  });
  expect(warned.mock.calls).toEqual([]);
  warned.mockRestore();
});

test('a metadata server that was named is asked', () => {
  process.env['GCE_METADATA_HOST'] = '127.0.0.1:1';
  GOOGLE();
  expect(process.env['METADATA_SERVER_DETECTION']).toBeUndefined();
});
