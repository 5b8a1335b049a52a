import { Loopback } from '../../../lib/rehearsal/servers/loopback';
import { thrownBy } from '../_helpers/stage';

let network: Loopback;
beforeEach(() => (network = new Loopback({ regions: ['eu-west-1', 'us-east-1', 'eu-west-1'] })));
afterEach(() => network.close());

test('every server has an address of its own, and every Region the same port on all of them', async () => {
  const [a, b] = [await network.admit('eu-west-1', () => undefined), await network.admit('us-east-1', () => undefined)];
  const ports = (gates: typeof a.gates): readonly number[] => gates.map(({ port }) => port);
  expect(a.host).not.toBe(b.host);
  expect([ports(a.gates), a.gates.length]).toEqual([ports(b.gates), 2]);
  expect(network.addressFrom('us-east-1', b.host)).toEqual({ host: b.host, port: b.gates[1]?.port });
});

test('cut off are the ways between a Region and all others; those inside stay as they are, shut or not', async () => {
  const [a, b] = [await network.admit('eu-west-1', () => undefined), await network.admit('us-east-1', () => undefined)];
  const states = (): unknown => [a, b].map(({ gates }) => gates.map(({ state }) => state));
  network.cut('eu-west-1');
  a.shut = true;
  const during = states();
  network.reconnect('eu-west-1');
  const after = states();
  a.shut = false;
  expect([during, after, states()]).toEqual([
    [
      ['closed', 'cut'],
      ['cut', 'open'],
    ],
    [
      ['closed', 'closed'],
      ['open', 'open'],
    ],
    [
      ['open', 'open'],
      ['open', 'open'],
    ],
  ]);
});

test('a Region from which nobody comes is refused', () => {
  expect(thrownBy(() => network.addressFrom('mars', '127.0.0.1'))).toEqual([
    'no-such-region',
    'nobody comes from mars; allowed: eu-west-1, us-east-1; name one of them',
  ]);
});
