import { inspect } from 'node:util';
import { GoogleEndpoints } from '../../../../../lib/runbook/adapters/gcp';
import type { GoogleEndpointSetting } from '../../../../../lib/runbook/contract';
import type { Endpoint } from '../../../../../lib/runbook/execution/ports';
import { carried, googleStage, PLAIN, PROJECT, type GoogleStage } from '../_helpers/google-stage';

const RECORD: GoogleEndpointSetting = { kind: 'record', role: 'writer', zone: 'shop', name: 'DB.shop.', ttl: 5 };
const SECRET: GoogleEndpointSetting = { kind: 'secret', role: 'writer', id: 'app' };
const OWN: GoogleEndpointSetting = { kind: 'write-endpoint', role: 'writer' };

let stage: GoogleStage;
beforeEach(async () => {
  stage = await googleStage({
    zones: { shop: [{ name: 'db.shop.', type: 'A', ttl: 60, rrdatas: ['10.0.0.1'] }] },
    secrets: { app: JSON.stringify({ username: 'shop', password: 'hunter2', host: '10.0.0.1', port: 5432 }) },
  });
});
afterEach(() => stage.end());

const endpoints = (...settings: readonly GoogleEndpointSetting[]): GoogleEndpoints => {
  const { rest, clock, topology } = stage;
  return new GoogleEndpoints({ settings, rest, clock, topology, project: PROJECT });
};
const only = (setting: GoogleEndpointSetting): Endpoint => endpoints(setting).all[0] as Endpoint;
const pointed = (setting: GoogleEndpointSetting, host = '10.0.0.2') => {
  const { topology } = stage;
  return carried(stage, only(setting).point({ topology, member: 'bab', address: { host, port: 5432 } }));
};
const records = () => stage.google.zones.records('shop');

describe('a record of Cloud DNS', () => {
  test('is read, and points elsewhere; another name is made a CNAME, and an address an A record again', async () => {
    expect(await only(RECORD).read()).toBe('10.0.0.1');
    expect(await pointed(RECORD)).toEqual({
      calls: ['write'],
      end: { kind: 'done', proof: 'record:shop/db.shop says 10.0.0.2' },
    });
    expect(records()).toEqual([{ name: 'db.shop.', type: 'A', ttl: 5, rrdatas: ['10.0.0.2'] }]);
    await pointed(RECORD, 'abc.sql.goog');
    expect(records()).toEqual([{ name: 'db.shop.', type: 'CNAME', ttl: 5, rrdatas: ['abc.sql.goog.'] }]);
    await carried(stage, only(RECORD).goBack('10.0.0.1'));
    expect(records()).toEqual([{ name: 'db.shop.', type: 'A', ttl: 5, rrdatas: ['10.0.0.1'] }]);
  });

  test('what somebody else has changed in between is not overwritten', async () => {
    const step = await only(RECORD).goBack('10.0.0.2').next([]);
    if (step.kind !== 'do') throw new Error(step.kind);
    stage.google.inject({
      action: 'changes.create',
      mishap: { kind: 'error', code: 'conditionNotMet', message: 'no', httpStatus: 412 },
    });
    await expect(step.call()).rejects.toMatchObject({ code: 'google-refused', reason: 'conditionNotMet' });
    expect(records()[0]?.rrdatas).toEqual(['10.0.0.1']);
  });

  test.each([
    ['is not there', []],
    ['has several values, or is routed', [{ name: 'db.shop.', type: 'A', ttl: 5, rrdatas: ['10.0.0.1', '10.0.0.9'] }]],
  ])('one that %s stops a plan', async (words, there) => {
    records().splice(0, 9, ...there);
    expect(await endpoints(RECORD).obstacles()).toEqual([
      {
        ...{ id: 'endpoint-unreadable', severity: 'block', acceptance: 'override' },
        problem: `record:shop/db.shop ${words}; allowed is one A record or CNAME with one value`,
        fix: 'make an A record or a CNAME DB.shop. in the zone shop, or move it by hand after the promotion and name endpoint-unreadable in override',
      },
    ]);
  });
});

describe('a secret', () => {
  test('keeps everything but the address; each writing is a version', async () => {
    expect(await only(SECRET).read()).toBe('10.0.0.1:5432');
    expect((await pointed(SECRET)).end).toEqual({ kind: 'done', proof: 'secret:app says 10.0.0.2:5432' });
    expect(JSON.parse(stage.google.secrets.value('app'))).toEqual({
      ...{ username: 'shop', password: 'hunter2', host: '10.0.0.2', port: 5432 },
    });
    expect(stage.google.secrets.versions('app')).toHaveLength(2);
    expect((await pointed(SECRET)).calls).toEqual([]);
  });

  test('no word of it is told, whatever refuses it', async () => {
    const words = 'cannot take hunter2';
    stage.google.inject({
      action: 'versions.add',
      mishap: { kind: 'error', code: 'INVALID_ARGUMENT', message: words, httpStatus: 400 },
      times: 9,
    });
    const step = await only(SECRET).goBack('10.0.0.2:5432').next([]);
    if (step.kind !== 'do') throw new Error(step.kind);
    const error: unknown = await step.call().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'google-refused', family: 'refused', reason: 'INVALID_ARGUMENT' });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('hunter2');
  });

  test('one that may not be read, one that does not answer, and one that is no address', async () => {
    stage.google.inject({ action: 'versions.access', mishap: { kind: 'access-denied' } });
    expect(await endpoints(SECRET).obstacles()).toMatchObject([
      { severity: 'block', fix: expect.stringMatching(/^allow what was denied, or/) as string },
    ]);
    stage.google.inject({ action: 'versions.access', mishap: { kind: 'throttle' }, times: 3 });
    expect(await endpoints(SECRET).obstacles()).toMatchObject([{ id: 'endpoint-silent', severity: 'warn' }]);
    stage.google.secrets.versions('app').push('hunter2');
    const [found] = await endpoints(SECRET).obstacles();
    expect(found?.problem).toBe(
      'secret:app has a value that is not allowed; allowed is a JSON object with host and port',
    );
  });
});

describe("Cloud SQL's own write endpoint", () => {
  test('leads to the primary, is waited for, and follows by itself', async () => {
    expect(await only(OWN).read()).toBe('orders-ada');
    const { topology } = stage;
    const moving = only(OWN).point({ topology, member: 'bab', address: { host: '10.0.0.2', port: 5432 } });
    expect(await moving.next([])).toMatchObject({
      kind: 'wait',
      title: 'write-endpoint leads to orders-bab, which Cloud SQL does by itself',
    });
    stage.google.sql.turnRound('orders-bab', 'orders-ada');
    expect(await moving.next([])).toEqual({ kind: 'done', proof: 'writer.acme-prod.sql-psa.goog leads to orders-bab' });
    expect(stage.google.mutations).toEqual([]);
  });

  test('where there is none, that stops a plan', async () => {
    await stage.end();
    stage = await googleStage({ instances: PLAIN });
    expect(await endpoints(OWN).obstacles()).toMatchObject([
      {
        id: 'endpoint-unreadable',
        problem:
          'write-endpoint leads to nobody; allowed is a designated pair of Enterprise Plus with private services access',
      },
    ]);
  });
});

test('a name with two roles is refused', () => {
  expect(() => endpoints(SECRET, { ...SECRET, role: 'reader' })).toThrow(
    'secret:app is named twice in the endpoints; allowed is once; remove one',
  );
});
