import fc from 'fast-check';
import { check, formatFinding, hasErrors, RULES } from '../../lib/topology';
import { validTopologyInput } from '../_arbitraries/arbitrary-topology';
import { withMember, withNew, withObjectives } from '../_arbitraries/edits';
import { put } from '../_helpers/put';
import { follower, sample, withMembers } from '../_helpers/sample-topology';
import { runs } from '../_proofs/_helpers/runs';

function linesOf(input: unknown): readonly string[] {
  return check(input).findings.map((finding) => formatFinding(finding));
}

function isFrozen(value: unknown): boolean {
  return (
    typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen))
  );
}

describe('check', () => {
  it('gives the topology when nothing is wrong', () => {
    const { topology, findings } = check(sample());
    expect({ name: topology?.name, findings }).toStrictEqual({ name: 'orders', findings: [] });
  });

  it('gives the topology with its warnings', () => {
    const { topology, findings } = check(withMember(sample(), 'bab', { promotion: 'never' }));
    expect({ name: topology?.name, codes: findings.map(({ code }) => code) }).toStrictEqual({
      name: 'orders',
      codes: ['nothing-promotable'],
    });
  });

  it('gives no topology when one finding is an error', () => {
    expect(check({ ...sample(), primary: 'zed' }).topology).toBeUndefined();
  });

  it('freezes what it gives, all the way down, and nothing that it was given', () => {
    fc.assert(
      fc.property(validTopologyInput(), (input) => {
        const before = structuredClone(input);
        const { topology } = check(input);
        expect({ frozen: isFrozen(topology), input }).toStrictEqual({ frozen: true, input: before });
      }),
      runs(12),
    );
  });

  it('keeps the members in the order in which they are written', () => {
    const input = withMembers(
      { ...sample(), members: {} },
      { dot: follower('cyd'), cyd: follower('ada'), ada: { ...sample().members['ada'], region: 'eu-west-1' } },
    );
    expect(check(input).topology?.members.map(({ id }) => id)).toStrictEqual(['dot', 'cyd', 'ada']);
  });

  it('finds the same again', () => {
    fc.assert(
      fc.property(validTopologyInput({ doubtful: true }), (input) => {
        expect(linesOf(input)).toStrictEqual(linesOf(structuredClone(input)));
      }),
      runs(12),
    );
  });
});

describe('what is missing although the model may lack it', () => {
  it('is the size and the volume of the origin', () => {
    expect(linesOf(withMember(sample(), 'ada', { size: undefined, storage: undefined }))).toStrictEqual([
      'error missing-value: members.ada.size: size is missing. Allowed: a size, for example db.r7g.large; a replica takes that of its source. Fix: add size.',
      'error missing-value: members.ada.storage.gib: storage.gib is missing. Allowed: gibibytes: a whole number from 20 to 65536. Fix: add storage with gib.',
    ]);
  });

  it('is the size of a replica whose source is gone', () => {
    const input = withMembers(
      { ...sample(), primary: 'bab' },
      {
        ada: { region: 'eu-west-1', retired: 'removed' },
        bab: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1 },
      },
    );
    expect(linesOf(input).filter((line) => line.startsWith('error'))).toStrictEqual([
      'error missing-value: members.bab.size: size is missing. Allowed: a size, for example db.r7g.large; a replica takes that of its source. Fix: add size.',
    ]);
  });

  it('is nothing of a removed member', () => {
    const input = withMembers(
      { ...sample(), primary: 'bab' },
      {
        ada: { region: 'eu-west-1', retired: 'removed' },
        bab: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1, size: 'db.r6i.large' },
      },
    );
    expect(hasErrors(check(input).findings)).toBe(false);
  });
});

describe('several mistakes', () => {
  it('are found together, of shape and of rules', () => {
    const wrong = [
      [['members', 'bab', 'standby'], 'multi'],
      [['members', 'bab', 'region'], 'eu-wst-1'],
      [['objectives', 'dataLoss'], '1m'],
      [['aws', 'port'], '5432'],
      [['temperature'], 20],
    ] as const;
    const input = wrong.reduce<unknown>((whole, [path, value]) => put(whole, path, value), sample());
    expect(linesOf(input)).toStrictEqual([
      'error invalid-value: members.bab.standby: standby is multi. Allowed: none, multi-az, regional. Fix: write it so.',
      "error invalid-value: aws.port: port is '5432'. Allowed: a port: a whole number from 1150 to 65535. Fix: write it so.",
      'error unknown-key: temperature: temperature is no known key. Allowed: name, cloud, kind, engine, primary, objectives, heartbeat, tags, members, aws, gcp. Fix: take it away.',
      'error lag-above-data-loss: objectives.lag: the alarm fires at a lag of 10m, but at most 1m of writes may be lost. Allowed: a lag of at most 1m. Fix: lower objectives.lag or raise objectives.dataLoss.',
      'error region-unknown: members.bab.region: region is eu-wst-1, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: did you mean eu-west-1?',
    ]);
  });

  const ALERT = withObjectives(sample(), { lag: '1m' });
  const ORIGIN = { region: 'eu-west-1', size: 'db.r6i.xlarge', storage: { gib: 100 } };
  const BAB = { region: 'eu-west-1', replicaOf: 'ada', promotion: 1 };

  it.each([
    ['a version that is a number', sample(), ['members', 'ada', 'version'], 17.1],
    [
      'an encryption that is a word',
      withNew(sample(), 'cyd', follower('ada', { region: 'us-east-1' })),
      ['members', 'ada', 'encrypted'],
      'no',
    ],
    ['a heartbeat that is a number', ALERT, ['heartbeat'], 10],
    ['a misspelt heartbeat', ALERT, ['heartbeet'], '10s'],
    ['a misspelt replicaOf', sample(), ['members', 'bab'], { region: 'eu-west-1', replicaof: 'ada', promotion: 1 }],
    ['a misspelt key', sample(), ['members', 'bab'], { ...BAB, region: 'us-east-1', kex: 'create' }],
    ['a misspelt standby', sample('sqlserver'), ['members', 'ada'], { ...ORIGIN, standbi: 'multi-az' }],
    ['a parameter that is a number', sample('db2'), ['aws', 'parameters', 'rds.ibm_customer_id'], 1],
    ['a member that is empty', sample(), ['members', 'bab'], null],
    ['a promotion that is a word', sample(), ['members', 'bab', 'promotion'], 'first'],
    ['a source that is a number', sample(), ['members', 'bab', 'replicaOf'], 1],
    ['a size of the origin that is a number', sample(), ['members', 'ada', 'size'], 1],
    ['a Region that is missing', sample(), ['members', 'bab', 'region'], undefined],
    ['an engine that is misspelt', sample(), ['engine', 'name'], 'postgre'],
  ])('are not made of one: %s', (_, input, path, value) => {
    const codes = check(put(input, path, value)).findings.map(({ code }) => code);
    const ruled = codes.filter((code) => RULES.some((rule) => rule.code === code));
    expect({ count: codes.length, ruled }).toStrictEqual({ count: 1, ruled: [] });
  });
});

describe('garbage', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'orders'],
    ['a list', []],
    ['a function', () => 1],
    ['a symbol', Symbol('orders')],
    ['an empty mapping', {}],
    ['a mapping without a prototype', Object.create(null)],
    ['a key that is a prototype', JSON.parse('{"__proto__": null, "members": {"__proto__": null}}')],
  ])('is refused, not thrown at: %s', (_, input: unknown) => {
    const { topology, findings } = check(input);
    expect({ topology, some: hasErrors(findings) }).toStrictEqual({ topology: undefined, some: true });
  });

  it('of any kind is refused', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.jsonValue()), (input) => {
        expect(hasErrors(check(input).findings)).toBe(true);
      }),
      runs(120),
    );
  });

  it('at any place of an accepted topology is answered with findings', () => {
    fc.assert(
      fc.property(validTopologyInput({ most: 3 }), fc.nat(), anything, (input, place, value) => {
        const { topology, findings } = check(withGarbage(input, place, value));
        expect(topology === undefined).toBe(hasErrors(findings));
      }),
      runs(80),
    );
  });
});

/** The input with one value, somewhere inside, replaced. */
function withGarbage(input: unknown, place: number, value: unknown): unknown {
  if (typeof input !== 'object' || input === null || place % 4 === 3) return value;
  const keys = Object.keys(input);
  const key = keys[place % Math.max(1, keys.length)] ?? 'anything';
  return { ...input, [key]: withGarbage((input as Record<string, unknown>)[key], Math.floor(place / 4), value) };
}
