import { ScaledClock } from '../../../lib/rehearsal/scaled-clock';
import { seededRandom } from '../../../lib/rehearsal/seeded-random';
import { RunbookHost } from '../../../lib/rehearsal/stage/runbook-host';
import { USUAL_LIMITS } from '../../../lib/runbook/execution';
import type { Ports } from '../../../lib/runbook/execution/ports';
import { define, UnderstudyError } from '../../../lib/topology';
import { sample } from '../../_helpers/sample-topology';

test('a slow watch is waited for until it has looked twice, though it fails', async () => {
  const clock = new ScaledClock({ scale: 500 });
  let looks = 0;
  const ledger = {
    standing: async () => {
      await clock.wait(15);
      looks += 1;
      throw new UnderstudyError('cloud-throttled', 'the table is busy');
    },
  };
  const ports = { ledger, clock } as unknown as Ports;
  const topology = define(sample());
  const host = new RunbookHost({
    ports,
    clock,
    random: seededRandom(1),
    limits: USUAL_LIMITS,
    topology: () => topology,
  });
  await host.keepWatch();
  expect(looks).toBe(2);
  await host.close();
});

test('a watch that is wrong itself keeps nobody waiting, and is told of when it is closed', async () => {
  const clock = new ScaledClock({ scale: 500 });
  const ports = { clock, ledger: { standing: () => Promise.reject(new TypeError('no ledger')) } } as unknown as Ports;
  const topology = define(sample());
  const host = new RunbookHost({
    ports,
    clock,
    random: seededRandom(1),
    limits: USUAL_LIMITS,
    topology: () => topology,
  });
  await host.keepWatch();
  await expect(host.close()).rejects.toThrow('no ledger');
});
