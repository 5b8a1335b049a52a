import { ScaledClock } from '../../../lib/rehearsal/scaled-clock';
import { seededRandom } from '../../../lib/rehearsal/seeded-random';
import { RunbookHost } from '../../../lib/rehearsal/stage/runbook-host';
import { USUAL_LIMITS } from '../../../lib/runbook/execution';
import type { Ports } from '../../../lib/runbook/execution/ports';
import { define, UnderstudyError } from '../../../lib/topology';
import { sample } from '../../_helpers/sample-topology';

/** A host whose watch fails as soon as it asks for the first thing. */
function hostWhose(clock: ScaledClock, standing: () => Promise<never>): RunbookHost {
  const ports = { clock, ledger: { standing } } as unknown as Ports;
  const topology = define(sample());
  return new RunbookHost({ ports, clock, random: seededRandom(1), limits: USUAL_LIMITS, topology: () => topology });
}

test('a slow watch is waited for until it has looked twice, though it fails', async () => {
  const clock = new ScaledClock({ scale: 500 });
  let looks = 0;
  const host = hostWhose(clock, async () => {
    await clock.wait(15);
    looks += 1;
    throw new UnderstudyError('cloud-throttled', 'the table is busy');
  });
  await host.keepWatch();
  expect(looks).toBe(2);
  await host.close();
});

test('a watch that is wrong itself keeps nobody waiting, and is told of when it is closed', async () => {
  const host = hostWhose(new ScaledClock({ scale: 500 }), () => Promise.reject(new TypeError('no ledger')));
  await host.keepWatch();
  await expect(host.close()).rejects.toThrow('no ledger');
});
