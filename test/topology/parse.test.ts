import fc from 'fast-check';
import { stringify } from 'yaml';
import { checkText, define, formatFinding, hasErrors, isUnderstudyError, parse } from '../../lib/topology';
import { validTopologyInput } from '../_arbitraries/arbitrary-topology';
import { runs } from '../_proofs/_helpers/runs';

const TEXT = `name: orders
engine:
  name: postgres
  version: '17.6'
primary: ada
objectives: { lag: 10m }
members:
  ada: { region: eu-west-1, size: db.r7g.large, storage: { gib: 100 } }
  bab:
    region: eu-west-1
    replicaOf: ada
    promotion: 1
`;

function linesOf(text: string): readonly string[] {
  return checkText(text).findings.map((finding) => formatFinding(finding, 'orders.yaml'));
}

/** What is thrown, or undefined. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('checkText', () => {
  const CASES: readonly (readonly [of: string, text: string, lines: readonly string[]])[] = [
    [
      'an empty file',
      '',
      [
        'orders.yaml:1:1 error invalid-value: the topology is empty. Allowed: a mapping with name, engine, primary, objectives and members. Fix: write it so.',
      ],
    ],
    [
      'nothing but a comment',
      '# orders\n',
      [
        'orders.yaml:1:1 error invalid-value: the topology is empty. Allowed: a mapping with name, engine, primary, objectives and members. Fix: write it so.',
      ],
    ],
    [
      'a text',
      'orders',
      [
        'orders.yaml:1:1 error invalid-value: the topology is orders. Allowed: a mapping with name, engine, primary, objectives and members. Fix: write it so.',
      ],
    ],
    [
      'a list',
      '- name: orders',
      [
        'orders.yaml:1:1 error invalid-value: the topology is a list of 1. Allowed: a mapping with name, engine, primary, objectives and members. Fix: write it so.',
      ],
    ],
    [
      'a syntax error',
      TEXT.replace('lag: 10m }', 'lag: 10m'),
      [
        'orders.yaml:7:1 error syntax: this is neither YAML nor JSON: flow map in block collection must be sufficiently indented and end with a }. Allowed: one YAML or JSON document. Fix: correct the line.',
      ],
    ],
    [
      'a tab',
      TEXT.replace('  name: postgres', '\tname: postgres'),
      [
        'orders.yaml:3:1 error syntax: this is neither YAML nor JSON: tabs are not allowed as indentation. Allowed: one YAML or JSON document. Fix: correct the line.',
      ],
    ],
    [
      'an id that is written twice',
      `${TEXT}  ada: { region: eu-west-1 }\n`,
      [
        'orders.yaml:13:3 error duplicate-key: a key is written twice in one mapping. Allowed: each key, and each id of a member, once. Fix: rename one of the two.',
      ],
    ],
    [
      'two documents',
      `${TEXT}---\nname: other\n`,
      [
        'orders.yaml:13:1 error syntax: there is more than one document. Allowed: one YAML or JSON document. Fix: correct the line.',
      ],
    ],
    [
      'an alias that leads nowhere',
      TEXT.replace('primary: ada', 'primary: *ada'),
      [
        'orders.yaml:1:1 error syntax: this is neither YAML nor JSON: unresolved alias (the anchor must be set before the alias): ada. Allowed: one YAML or JSON document. Fix: correct the line.',
      ],
    ],
    [
      'a merge of no mapping',
      `${TEXT}<<: ada\n`,
      [
        'orders.yaml:1:1 error syntax: this is neither YAML nor JSON: merge sources must be maps or map aliases. Allowed: one YAML or JSON document. Fix: correct the line.',
      ],
    ],
    [
      'a key that is a list',
      `${TEXT}? [a]\n: b\n`,
      [
        'orders.yaml:13:3 error syntax: a key is a list or a mapping. Allowed: one YAML or JSON document. Fix: correct the line.',
      ],
    ],
    [
      'a version that is a number',
      TEXT.replace("'17.6'", '17.6'),
      [
        "orders.yaml:4:3 error invalid-value: engine.version: version is 17.6. Allowed: a version in quotes, for example '17.6': without them YAML reads a number and drops zeros. Fix: write it so.",
      ],
    ],
    [
      'a misspelt key',
      TEXT.replace('    promotion', '    promotoin'),
      [
        'orders.yaml:12:5 error unknown-key: members.bab.promotoin: promotoin is no known key. Allowed: region, replicaOf, size, instances, version, storage, standby, promotion, retention, encrypted, key, retired, tags, aws, gcp. Fix: did you mean promotion?',
      ],
    ],
    [
      'a missing value, at its mapping',
      TEXT.replace("  version: '17.6'\n", ''),
      [
        "orders.yaml:2:1 error missing-value: engine.version: version is missing. Allowed: a version in quotes, for example '17.6': without them YAML reads a number and drops zeros. Fix: add version.",
      ],
    ],
    [
      'a rule, at its value',
      TEXT.replace('replicaOf: ada', 'replicaOf: eda'),
      [
        'orders.yaml:11:5 error source-unknown: members.bab.replicaOf: replicaOf is eda, which is no member. Allowed: ada. Fix: name the member it was created from; one that is gone stays in the topology as `retired: removed`.',
      ],
    ],
    [
      'a rule, in one line',
      TEXT.replace('ada: { region: eu-west-1', 'ada: { region: eu-wst-1'),
      [
        'orders.yaml:8:10 error region-unknown: members.ada.region: region is eu-wst-1, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: did you mean eu-west-1?',
      ],
    ],
    [
      'an item of a list',
      `${TEXT}aws: { notify: [a@example.com, b] }\n`,
      [
        'orders.yaml:13:32 error invalid-value: aws.notify.1: notify.1 is b. Allowed: an e-mail address. Fix: write it so.',
      ],
    ],
    [
      'JSON',
      '{\n  "name": "orders",\n  "colour": "red"\n}',
      [
        'orders.yaml:1:1 error missing-value: engine: engine is missing. Allowed: a mapping with name and version. Fix: add engine.',
        'orders.yaml:1:1 error missing-value: primary: primary is missing. Allowed: the id of a member. Fix: add primary.',
        'orders.yaml:1:1 error missing-value: objectives: objectives is missing. Allowed: a mapping with lag, dataLoss and recovery. Fix: add objectives.',
        'orders.yaml:1:1 error missing-value: members: members is missing. Allowed: a mapping of ids to members. Fix: add members.',
        'orders.yaml:3:3 error unknown-key: colour: colour is no known key. Allowed: name, cloud, kind, engine, primary, objectives, heartbeat, tags, members, aws, gcp. Fix: did you mean cloud?',
      ],
    ],
    [
      'broken JSON',
      '{ "name": "orders", }}',
      [
        'orders.yaml:1:22 error syntax: this is neither YAML nor JSON: unexpected flow-map-end token in YAML stream: "}". Allowed: one YAML or JSON document. Fix: correct the line.',
      ],
    ],
  ];

  it.each(CASES)('places %s', (_, text, lines) => {
    expect(linesOf(text)).toStrictEqual(lines);
  });

  it('reads JSON as well', () => {
    expect(parse(JSON.stringify(asObject(), undefined, 2))).toStrictEqual(parse(TEXT));
  });

  it('reads aliases and merges', () => {
    const text = TEXT.replace('ada: {', 'ada: &ada {').replace('  bab:\n', '  bab:\n    <<: *ada\n');
    expect(parse(text).members.map(({ size, storage }) => [size, storage.gib])).toStrictEqual([
      ['db.r7g.large', 100],
      ['db.r7g.large', 100],
    ]);
  });

  it('does not follow aliases into exhaustion', () => {
    const level = (name: string, below: string) =>
      `${name}: &${name} [${Array.from({ length: 10 }, () => `*${below}`).join(', ')}]\n`;
    const text = `a: &a [x]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}`;
    expect(linesOf(text)).toStrictEqual([
      'orders.yaml:1:1 error syntax: this is neither YAML nor JSON: excessive alias count indicates a resource exhaustion attack. Allowed: one YAML or JSON document. Fix: correct the line.',
    ]);
  });

  it('answers any mutation of a text with findings', () => {
    const mutation = fc.record({
      at: fc.nat({ max: TEXT.length }),
      cut: fc.nat({ max: 12 }),
      put: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom(': ', '- ', '&a ', '*a', '{', ']', '\n', '\t', '<<: ', '!!set ', '__proto__: ', "'", '? '),
      ),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const text = mutations.reduce(
          (whole, { at, cut, put }) => whole.slice(0, at) + put + whole.slice(at + cut),
          TEXT,
        );
        const { topology, findings } = checkText(text);
        expect(topology === undefined).toBe(hasErrors(findings));
      }),
      runs(120),
    );
  });

  it('answers any text with findings that have a place', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const { findings } = checkText(text);
        expect({
          some: hasErrors(findings),
          placed: findings.every(
            ({ position }) => position !== undefined && position.line >= 1 && position.column >= 1,
          ),
        }).toStrictEqual({ some: true, placed: true });
      }),
      runs(120),
    );
  });
});

describe('parse', () => {
  it('says what define says of the same topology', () => {
    fc.assert(
      fc.property(validTopologyInput(), fc.boolean(), (input, json) => {
        expect(parse(json ? JSON.stringify(input) : stringify(input))).toStrictEqual(define(input));
      }),
      runs(20),
    );
  });

  it('throws every error with its place', () => {
    const error = thrownBy(() =>
      parse(TEXT.replace('primary: ada', 'primary: zed').replace('gib: 100', 'gib: 100, iops: 1'), 'orders.yaml'),
    );
    expect([isUnderstudyError(error), String(error)]).toStrictEqual([
      true,
      `TopologyRefused: the topology has 2 errors:
  orders.yaml:8:70 error invalid-value: members.ada.storage.iops: iops is 1. Allowed: I/O operations per second: a whole number from 1000 to 256000. Fix: write it so.
  orders.yaml:5:1 error primary-unknown: primary: primary is zed, which is no member. Allowed: ada or bab. Fix: name the member that takes writes now.`,
    ]);
  });

  it('throws one error as one', () => {
    expect(String(thrownBy(() => parse(TEXT.replace('primary: ada', 'primary: zed')))))
      .toBe(`TopologyRefused: the topology has 1 error:
  5:1 error primary-unknown: primary: primary is zed, which is no member. Allowed: ada or bab. Fix: name the member that takes writes now.`);
  });
});

function asObject(): unknown {
  return {
    name: 'orders',
    engine: { name: 'postgres', version: '17.6' },
    primary: 'ada',
    objectives: { lag: '10m' },
    members: {
      ada: { region: 'eu-west-1', size: 'db.r7g.large', storage: { gib: 100 } },
      bab: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1 },
    },
  };
}
