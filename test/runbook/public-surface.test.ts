import * as runbook from '../../lib/runbook';
import { parseEvent, parseResult, runRunbook, type RunbookEvent } from '../../lib/runbook';
import { ORDERS } from './execution/_world/scenes';
import { World } from './execution/_world/world';

it('shows to others what they may rely on, and no more', () => {
  expect(Object.keys(runbook).toSorted()).toStrictEqual([
    ...['ACCEPTANCES', 'MODES', 'MemoryLedger', 'OUTCOMES', 'PHASES', 'USUAL_LIMITS'],
    ...['decide', 'parseEvent', 'parseResult', 'policyFor', 'runRunbook', 'watch'],
  ]);
});

it('is enough to ask for a plan, over ports of ones own', async () => {
  const world = new World({ topology: ORDERS });
  await world.watched(2);
  const event: RunbookEvent = parseEvent({ mode: 'plan' });
  const host = { holder: 'mine', newRunId: () => 'R', random: () => 0.5, command: JSON.stringify };
  const result = await runRunbook(event, { ports: world.ports, topology: ORDERS, host });
  expect(parseResult(JSON.parse(JSON.stringify(result)))).toMatchObject({ outcome: 'DONE', plan: { target: 'bab' } });
});
