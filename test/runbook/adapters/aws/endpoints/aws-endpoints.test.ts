import type { EndpointSetting } from '../../../../../lib/runbook/contract';
import { endpointStage, OLD, problemOf, REGION, type EndpointStage } from './_helpers/endpoint-stage';

let stage: EndpointStage;
beforeEach(async () => {
  stage = await endpointStage({ parameters: [{ region: REGION, name: '/writer', value: OLD }] });
});
afterEach(() => stage.end());

const WRITER: EndpointSetting = { kind: 'parameter', role: 'writer', name: '/writer' };
const MORE: readonly EndpointSetting[] = [
  { kind: 'secret', role: 'reader', id: 'orders/master' },
  { kind: 'record', role: 'writer', zone: 'Z1', name: 'DB.example.com.', ttl: 5 },
];

test('there are as many as are set, each with its own id and role', () => {
  expect(stage.all(WRITER, ...MORE).all.map(({ id, role }) => [id, role])).toEqual([
    ['parameter:/writer', 'writer'],
    ['secret:orders/master', 'reader'],
    ['record:Z1/db.example.com', 'writer'],
  ]);
  expect(stage.all().all).toEqual([]);
});

test('the obstacles of all are told', async () => {
  const obstacles = await stage.all(WRITER, ...MORE).obstacles();
  expect(obstacles.map(({ id, problem }) => [id, problem.split(' ')[0]])).toEqual([
    ['endpoint-unreadable', 'secret:orders/master'],
    ['endpoint-unreadable', 'record:Z1/db.example.com'],
    ['dns-control-plane', 'record:Z1/db.example.com'],
  ]);
});

test('one that is named twice is refused', async () => {
  const twice = Promise.resolve().then(() => stage.all(WRITER, { ...WRITER, role: 'reader' }));
  expect(await problemOf(twice)).toMatchObject({
    ...{ code: 'endpoint-twice', family: 'refused' },
    message: 'parameter:/writer is named twice in the endpoints; allowed is once; remove one',
  });
});
