import { TopologyView } from '../../../../lib/topology';
import type { RunbookEvent, RunbookResult } from '../../../../lib/runbook/contract';
import type { Kind } from '../../../../lib/runbook/decision';
import type { Ports } from '../../../../lib/runbook/execution/ports';
import type { Story, Trouble } from './arbitrary-story';
import { failingAt, killedAt, noting } from './mishaps';
import { carried, invoke } from './runner';
import { RISK } from './scenes';
import { World } from './world';

/** A story that was told to its end. */
export interface Told {
  readonly world: World;
  readonly result: RunbookResult;
  /** Undefined: nobody would have approved it. */
  readonly event: RunbookEvent | undefined;
  /** When the run was asked for. */
  readonly asked: number;
  /** The calls of all its runners. */
  readonly calls: readonly string[];
}

/** Tells a story: a while in which all is well, what goes wrong, the plan, and the run, taken up until it is over. */
export async function tell(story: Story, kind: Kind): Promise<Told> {
  const { topology, delays, stubborn, times, isRiskTaken } = story;
  const world = new World({ topology, delays, stubborn, times });
  await world.watched(2);
  if (kind === 'failover') await lose(world, story);
  const event: RunbookEvent =
    kind === 'switchover'
      ? { mode: kind, reason: 'a story', runId: 'R' }
      : {
          ...{ mode: kind, reason: 'a story', runId: 'R', acceptDataLoss: 86_400 },
          override: ['primary-unknown', 'fresher-sibling', 'loss-unknown'],
          ...(isRiskTaken ? { acceptSplitBrainRisk: RISK } : {}),
        };
  const { reason: _, runId: __, mode: ___, ...wishes } = event;
  const plan = await invoke(world, { mode: 'plan', ...wishes });
  if (plan.planHash === undefined)
    return { world, result: plan, event: undefined, asked: world.clock.now(), calls: [] };
  const asked = world.clock.now();
  happening(world, story.troubles);
  const calls: string[] = [];
  const approved = { ...event, approve: plan.planHash };
  const { result } = await carried(world, approved, (invocation) => ({
    ports: noting(troubled(world.ports, story.troubles, invocation), calls),
    ...lifeOf(story, invocation),
  }));
  return { world, result, event: approved, asked, calls };
}

function lifeOf({ lives }: Story, invocation: number): { readonly life?: number } {
  const life = lives[invocation - 1];
  return life === undefined ? {} : { life };
}

async function lose(world: World, { loss }: Story): Promise<void> {
  const { region = '' } = new TopologyView(world.topology).primary ?? {};
  if (loss === 'death') world.cloud.kill(world.topology.primary);
  // Of a Region with everybody in it nobody is left who could be promoted: only the primary is out of reach then.
  else if (loss === 'partition' || !elsewhere(world, region)) world.isolate(world.topology.primary);
  else world.cutAll(region);
  await world.clock.wait(150);
}

function elsewhere({ topology }: World, region: string): boolean {
  return new TopologyView(topology).promotable.some((member) => member.region !== region);
}

/** What happens in the world while the run is on its way. */
function happening(world: World, troubles: readonly Trouble[]): void {
  const began = Math.ceil(world.clock.now());
  const { members, primary } = world.topology;
  world.clock.everySecond((now) => {
    for (const trouble of troubles) {
      if ((trouble.kind !== 'death' && trouble.kind !== 'cut') || now !== began + trouble.at) continue;
      if (trouble.kind === 'death') world.cloud.kill(members[trouble.member % members.length]?.id ?? primary);
      else if (trouble.all) world.cutAll(world.server(primary).region);
      else world.isolate(primary);
    }
  });
}

function troubled(ports: Ports, troubles: readonly Trouble[], invocation: number): Ports {
  let ours = ports;
  for (const trouble of troubles) {
    if (trouble.kind === 'kill' && trouble.invocation === invocation) ours = killedAt(ours, trouble);
    if (trouble.kind === 'failure' && invocation === 1) ours = failingAt(ours, trouble.at, trouble.failure);
  }
  return ours;
}
