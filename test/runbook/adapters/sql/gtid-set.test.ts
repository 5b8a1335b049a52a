import fc from 'fast-check';
import { binlogMark } from '../../../../lib/runbook/adapters/sql/binlog-place';
import { countGtids, gtidToken } from '../../../../lib/runbook/adapters/sql/gtid-set';
import { exactly, lsnBytes } from '../../../../lib/runbook/adapters/sql/log-position';
import { countMariadbGtids, mariadbToken } from '../../../../lib/runbook/adapters/sql/mariadb-gtids';

const ADA = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const BAB = '4e11fa47-71ca-11e1-9e33-c80aa9429562';

describe('a set of MySQL', () => {
  test.each([
    ['', 0],
    [`${ADA}:1`, 1],
    [`${ADA}:1-5`, 5],
    [`${ADA}:1-5:7:9-10`, 8],
    [`${ADA}:1-5,\n${BAB}:1-2`, 7],
    // A tag, from 8.3 on.
    [`${ADA}:1-5:nightly:1-3`, 8],
    [`${ADA.toUpperCase()}:1-5`, 5],
    [`${ADA}:1-9007199254740991`, Number.MAX_SAFE_INTEGER],
    [`${ADA}:1-9223372036854775807`, undefined],
    [ADA, undefined],
    [`${ADA}:5-1`, undefined],
    [`${ADA}:0-1`, undefined],
    [`${ADA}:1-x`, undefined],
    ['orders:1-5', undefined],
  ])('%j has so many: %j', (set, expected) => {
    expect(countGtids(set)).toBe(expected);
  });

  it('counts without what the server wrote itself', () => {
    expect(countGtids(`${ADA}:1-5,${BAB}:1-2`, BAB.toUpperCase())).toBe(5);
  });

  it('is the same text, however the server breaks its lines', () => {
    expect(gtidToken(`${ADA}:1-5,\n${BAB.toUpperCase()}:1`)).toBe(`${ADA}:1-5,${BAB}:1`);
  });

  it('counts what is in its intervals, whatever they are', () => {
    const interval = fc.tuple(fc.bigInt(1n, 10n ** 15n), fc.bigInt(0n, 10n ** 9n));
    const sources = fc.dictionary(fc.uuid(), fc.array(interval, { minLength: 1, maxLength: 5 }), { maxKeys: 4 });
    fc.assert(
      fc.property(sources, (written) => {
        const set = Object.entries(written)
          .map(([source, all]) => [source, ...all.map(([first, more]) => `${first}-${first + more}`)].join(':'))
          .join(',\n');
        const sum = Object.values(written)
          .flat()
          .reduce((total, [, more]) => total + more + 1n, 0n);
        expect(countGtids(set)).toBe(Number(sum));
      }),
    );
  });

  it('never takes a text that is none for a number below 0, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:,-]{0,60}$/)), (text) => {
        expect(countGtids(text) ?? 0).toBeGreaterThanOrEqual(0);
        expect(countMariadbGtids(text) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a position of MariaDB', () => {
  test.each([
    ['', 0, ''],
    ['0-1-100', 100, '0-1-100'],
    ['1-2-50,0-1-100', 150, '0-1-100,1-2-50'],
    // Of one domain, the newest of all servers that wrote in it.
    ['0-1-100,0-2-101', 101, '0-2-101'],
    ['0-1', undefined, ''],
    ['0-1-x', undefined, ''],
    ['0-1-18446744073709551615', undefined, '0-1-18446744073709551615'],
  ])('%j counts %j', (position, count, token) => {
    expect([countMariadbGtids(position), mariadbToken(position)]).toEqual([count, token]);
  });

  it('grows by one with each transaction, in whatever domain, and is one text in whatever order', () => {
    const domain = fc.tuple(fc.nat(5), fc.nat(9), fc.nat(10 ** 9));
    const domains = fc.uniqueArray(domain, { selector: ([id]) => id, minLength: 1 });
    fc.assert(
      fc.property(domains, (all) => {
        const text = (each: typeof all): string => each.map((part) => part.join('-')).join(',');
        const [[id, server, sequence], ...others] = all as [(typeof all)[0], ...typeof all];
        const next = text([...others, [id, server, sequence + 1]]);
        expect(countMariadbGtids(next)).toBe((countMariadbGtids(text(all)) ?? NaN) + 1);
        expect(mariadbToken(text(all.toReversed()))).toBe(mariadbToken(text(all)));
      }),
    );
  });
});

describe('a place in a log', () => {
  test.each([
    ['0/0', 0],
    ['0/16B3748', 0x16b3748],
    ['16/B374D848', 0x16b374d848],
    ['1FFFFF/FFFFFFFF', Number.MAX_SAFE_INTEGER],
    ['200000/0', undefined],
    ['FFFFFFFF/FFFFFFFF', undefined],
    ['', undefined],
    ['16', undefined],
    ['G/0', undefined],
  ])('of PostgreSQL, %j, is after so many bytes: %j', (lsn, expected) => {
    expect(lsnBytes(lsn)).toBe(expected);
  });

  it('of PostgreSQL has the order of its bytes', () => {
    const half = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.nat(0x1fffff), half, (high, low) => {
        expect(lsnBytes(`${high.toString(16).toUpperCase()}/${low.toString(16)}`)).toBe(high * 2 ** 32 + low);
      }),
    );
  });

  test.each([
    ['mysql-bin.000002', '4', { token: 'mysql-bin.000002:4', ordinal: 2 * 2 ** 32 + 4 }],
    ['mysql-bin', '4', { token: 'mysql-bin:4' }],
    ['mysql-bin.9999999', '4', { token: 'mysql-bin.9999999:4' }],
    ['mysql-bin.000002', 'x', { token: 'mysql-bin.000002:x' }],
  ])('in the file %s at %s is %j', (file, offset, expected) => {
    expect(binlogMark(file, offset)).toEqual(expected);
  });

  it('is exact or nothing', () => {
    expect([exactly(BigInt(Number.MAX_SAFE_INTEGER)), exactly(2n ** 53n)]).toEqual([
      Number.MAX_SAFE_INTEGER,
      undefined,
    ]);
  });
});
