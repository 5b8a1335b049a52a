import { VirtualClock } from '../../../lib/rehearsal';
import type { Scenario } from '../../../lib/rehearsal/scenarios/scenario';
import type { ActInput } from '../../../lib/rehearsal/scenarios/scenario-schema';
import { Story } from '../../../lib/rehearsal/scenarios/story';
import type { Stage } from '../../../lib/rehearsal/stage/stage';
import { define } from '../../../lib/topology';
import { ORDERS } from '../../runbook/execution/_world/scenes';
import { World } from '../../runbook/execution/_world/world';
import { INPUT } from '../_helpers/play';

/** Of servers to which nothing really happens, with a runbook that refuses. */
function quietStage(): Stage {
  const done = (): Promise<void> => Promise.resolve();
  const member = { kill: done, freeze: done, thaw: done, fillDisk: done, server: { start: done } };
  return {
    clock: new VirtualClock(),
    topology: define(INPUT),
    ports: new World({ topology: ORDERS }).ports,
    member: () => member,
    show: () => undefined,
    ask: () => Promise.resolve({ outcome: 'REFUSED' }),
  } as unknown as Stage;
}

const hurtAfter = async (...acts: readonly ActInput[]): Promise<readonly string[]> => {
  const scenario: Scenario = {
    ...{ name: 'any', about: 'Anything.', acts: [...acts] },
    runs: [{ mode: 'switchover', at: '60s', outcomes: ['REFUSED'] }],
  };
  const story = new Story(quietStage(), scenario);
  await story.play();
  return [...story.hurt];
};
const at = (second: number, deed: ActInput['do'], member = 'bab'): ActInput => ({ at: `${second}s`, do: deed, member });

test('who was struck down is hurt until that is taken back', async () => {
  expect(await hurtAfter()).toEqual([]);
  expect(await hurtAfter(at(1, 'kill'), at(2, 'freeze', 'cyd'))).toEqual(['bab', 'cyd']);
  expect(await hurtAfter(at(1, 'kill'), at(2, 'start'), at(3, 'fill-disk', 'cyd'), at(4, 'empty-disk', 'cyd'))).toEqual(
    [],
  );
});

test('one that was killed does not live because it is thawed', async () => {
  expect(await hurtAfter(at(1, 'kill'), at(2, 'freeze'), at(3, 'thaw'))).toEqual(['bab']);
  expect(await hurtAfter(at(1, 'freeze'), at(2, 'kill'), at(3, 'start'))).toEqual([]);
});
