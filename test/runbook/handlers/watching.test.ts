import { watching } from '../../../lib/runbook/handlers/watching';
import { ENV, logged, ordersCloud, type OrdersCloud } from './_helpers/orders-cloud';

let orders: OrdersCloud;

beforeEach(async () => {
  orders = await ordersCloud();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await orders.end();
});

it('remembers when the members were last alive, and says so in the log', async () => {
  const { members } = await watching(orders.portsOf, ENV)();
  expect(members.map(({ id }) => id)).toStrictEqual(['virginia-a', 'dublin-a']);
  expect(logged()).toStrictEqual([{ what: 'watch', members: JSON.parse(JSON.stringify(members)) as unknown }]);
});

it('writes nothing but its own table', async () => {
  await watching(orders.portsOf, ENV)();
  expect([...new Set(orders.cloud.mutations.map(({ action }) => action))]).toStrictEqual(['UpdateItem']);
});

it('names an error by its code', async () => {
  await expect(watching(orders.portsOf, {})()).rejects.toMatchObject({ name: 'settings-refused' });
});
