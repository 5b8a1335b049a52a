import { FaultBook, type Fault } from '../../lib/rehearsal/fault';

const CALL = { service: 'rds', action: 'PromoteReadReplica', region: 'eu-west-1', resource: 'orders-b' };
const THROTTLE = { mishap: { kind: 'throttle' } } as const;

function kinds(faults: readonly Fault[], calls: readonly Partial<typeof CALL>[]): (string | undefined)[] {
  const book = new FaultBook();
  book.add(faults);
  return calls.map((call) => book.draw({ ...CALL, ...call })?.kind);
}

test('a fault happens to the first call, once', () => {
  expect(kinds([THROTTLE], [{}, {}])).toEqual(['throttle', undefined]);
});

test('or to the nth call, and as many as it says', () => {
  const fault = { ...THROTTLE, call: 2, times: 2 };
  expect(kinds([fault], [{}, {}, {}, {}])).toEqual([undefined, 'throttle', 'throttle', undefined]);
});

test('or to every one', () => {
  expect(kinds([{ ...THROTTLE, times: Infinity }], [{}, {}, {}])).toEqual(['throttle', 'throttle', 'throttle']);
});

test.each([
  ['service', { service: 'sns' }],
  ['action', { action: 'RebootDBInstance' }],
  ['region', { region: 'us-east-1' }],
  ['resource', { resource: 'orders-a' }],
])('a call with another %s neither meets it nor counts', (_, other) => {
  expect(kinds([{ ...THROTTLE, ...CALL }], [other, {}])).toEqual([undefined, 'throttle']);
});

test('of two that match, the first happens and both have counted', () => {
  const reset = { mishap: { kind: 'reset', effect: 'before' } } as const;
  expect(kinds([THROTTLE, { ...reset, call: 1 }, { ...reset, call: 3 }], [{}, {}, {}])).toEqual([
    'throttle',
    undefined,
    'reset',
  ]);
});

test('none are left when they are cleared', () => {
  const book = new FaultBook();
  book.add([THROTTLE]);
  book.clear();
  expect(book.draw(CALL)).toBeUndefined();
});
