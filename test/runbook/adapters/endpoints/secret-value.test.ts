import fc from 'fast-check';
import { addressIn, addressText, SecretValue } from '../../../../lib/runbook/adapters/endpoints';

const RDS = 'orders-bab.abc.eu-west-1.rds.amazonaws.com';

test.each([
  [undefined],
  ['hunter2'],
  ['"hunter2"'],
  ['null'],
  ['["host"]'],
  ['{"host":"a"}'],
  ['{"port":5432}'],
  ['{"host":"","port":5432}'],
  ['{"host":7,"port":5432}'],
  ['{"host":"a","port":0}'],
  ['{"host":"a","port":1.5}'],
  ['{"host":"a","port":"many"}'],
  ['{"host":"a","port":65536}'],
  ['{"host":"a","port":true}'],
])('%j is no secret with an address', (text) => {
  expect(SecretValue.parse(text)).toBeUndefined();
});

test.each([
  ['{"port":5432,"host":"a"}', '{"port":3306,"host":"b"}'],
  ['{"host":"a","port":"5432"}', '{"host":"b","port":"3306"}'],
  ['{"host":"a","port":1,"dbInstanceIdentifier":"x"}', '{"host":"b","port":3306,"dbInstanceIdentifier":"x"}'],
])('%s points elsewhere as %s', (before, after) => {
  expect(SecretValue.parse(before)?.pointedTo({ host: 'b', port: 3306 })).toBe(after);
});

test('the identifier follows an address of RDS, where there is one', () => {
  const to = { host: RDS, port: 5432 };
  expect(SecretValue.parse('{"host":"a","port":1}')?.pointedTo(to)).toBe(`{"host":"${RDS}","port":5432}`);
  expect(SecretValue.parse('{"host":"a","port":1,"dbInstanceIdentifier":"x"}')?.pointedTo(to)).toBe(
    `{"host":"${RDS}","port":5432,"dbInstanceIdentifier":"orders-bab"}`,
  );
  expect(
    SecretValue.parse('{"host":"a","port":1,"dbInstanceIdentifier":"x"}')?.pointedTo({ ...to, host: `${RDS}.cn` }),
  ).toBe(`{"host":"${RDS}.cn","port":5432,"dbInstanceIdentifier":"orders-bab"}`);
});

test('everything else stays as it is, there and back', () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  const host = fc.domain();
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.tuple(host, host),
      fc.tuple(port, port),
      (more, hosts, ports) => {
        const [from, to] = hosts;
        const [was, becomes] = ports;
        // A key that looks like an index moves to the front, and __proto__ is no field.
        fc.pre(Object.keys(more).every((key) => !/^(\d+|__proto__|host|port|dbInstanceIdentifier)$/.test(key)));
        const text = JSON.stringify({ ...more, host: from, port: was });
        const there = SecretValue.parse(text)?.pointedTo({ host: to, port: becomes });
        expect(SecretValue.parse(there)?.address).toEqual({ host: to, port: becomes });
        expect(SecretValue.parse(there)?.pointedTo({ host: from, port: was })).toBe(text);
      },
    ),
  );
});

test('an address is told as host:port, and read so', () => {
  expect(addressText({ host: 'a.b', port: 5432 })).toBe('a.b:5432');
  expect(addressIn('a.b:5432')).toEqual({ host: 'a.b', port: 5432 });
  expect(addressIn('::1:5432')).toEqual({ host: '::1', port: 5432 });
});

test('nothing that prints a value prints the secret', () => {
  const value = SecretValue.parse('{"host":"a","port":1,"password":"hunter2"}');
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- what is printed is the question
  expect(`${JSON.stringify(value)} ${String(value)}`).toBe('{"address":{"host":"a","port":1}} [object Object]');
});
