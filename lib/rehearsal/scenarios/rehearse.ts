import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import type { JournalRow } from '../../runbook/execution/ports';
import { UnderstudyError, type MemberId } from '../../topology';
import { WriteLog, type Write } from '../clients/write-log';
import { idsOn, makeTable } from '../clients/written';
import { WritingClient } from '../clients/writing-client';
import { judge, type Verdict } from '../judge/judge';
import { RehearsalStage, type RehearsalStageOptions } from '../stage/rehearsal-stage';
import { callsSeen } from './calls-seen';
import type { Act, Rehearsal, RehearsedRun } from './rehearsal';
import { reignsIn } from './reigns';
import type { Scenario, Tell } from './scenario';

export type RehearseOptions = RehearsalStageOptions;

/** Seconds of the cloud in which all is well: the watch has seen everybody once. */
const PEACE = 70;
/** Seconds of the cloud in which clients go on after the run. */
const AFTERMATH = 60;

/** Plays one scenario on a topology of its own, and judges it. Nothing is left afterwards. */
export async function rehearse(scenario: Scenario, options: RehearseOptions): Promise<Rehearsal> {
  const machine = performance.now();
  const stage = await RehearsalStage.raise(options);
  const log = new WriteLog();
  const clients = clientsOn(stage, log);
  try {
    const began = stage.clock.now();
    await begin(stage, clients);
    const acts: Act[] = [];
    const tell: Tell = (text, member) =>
      void acts.push({ at: stage.clock.now(), text, ...(member === undefined ? {} : { member }) });
    await scenario.before?.(stage, tell);
    const runs: RehearsedRun[] = [];
    await Promise.all([run(stage, scenario, runs), scenario.during?.(stage, tell)]);
    await stage.clock.wait(AFTERMATH);
    await Promise.all(clients.map((client) => client.stop()));
    const ended = stage.clock.now();
    const verdict = await verdictOn(stage, scenario, runs, log.all);
    const { topology, gauge } = stage;
    const { name, about } = scenario;
    const took = (performance.now() - machine) / 1000;
    const calls = callsSeen(stage.cloud.calls);
    const hostOf = (member: MemberId): string => stage.member(member).doors.host;
    const hosts = Object.fromEntries(topology.members.map(({ id }) => [id, hostOf(id)]));
    const rows = runs.flatMap((each) => each.rows);
    const reigns = reignsIn({ began, primary: topology.primary, rows, writes: log.all, hostOf });
    const seen = { acts, runs, reigns, writes: log.all, reads: [], lag: gauge.points, calls, verdict };
    const played = { engine: stage.engine, seed: 0, scale: stage.clock.scale };
    return { scenario: name, about, ...played, topology, hosts, began, ended, took, ...seen };
  } finally {
    await Promise.all(clients.map((client) => client.stop()));
    await stage.close();
  }
}

/** One client in every Region, and beside the primary one that never looks its name up again. */
function clientsOn(stage: RehearsalStage, log: WriteLog): readonly WritingClient[] {
  const { members, primary } = stage.topology;
  const regions = [...new Set(members.flatMap(({ region }) => region ?? []))];
  const home = members.find(({ id }) => id === primary)?.region ?? '';
  const faithful = regions.map((region) => new WritingClient({ name: `client in ${region}`, region, stage, log }));
  return [...faithful, new WritingClient({ name: 'stubborn client', region: home, stage, log, habit: 'stubborn' })];
}

async function begin(stage: RehearsalStage, clients: readonly WritingClient[]): Promise<void> {
  await makeTable(stage.backend, stage.member(stage.topology.primary));
  for (const client of clients) client.start();
  stage.keepWatch();
  await stage.clock.wait(PEACE);
}

/**
 * As a person does it: a plan, and its approval. Who is to be promoted is named: of two who are equally far, first the one and then
 * the other may be a moment ahead, and the approval of one is none of the other.
 */
async function run(stage: RehearsalStage, { mode, consent }: Scenario, runs: RehearsedRun[]): Promise<void> {
  const ask = (event: RunbookEvent): Promise<RunbookResult> => asked(stage, event, runs);
  const first = await ask({ mode: 'plan', ...consent });
  if (first.plan?.mode !== mode) return;
  const { target } = first.plan;
  const { planHash } = await ask({ mode: 'plan', target, ...consent });
  if (planHash === undefined) return;
  await ask({ mode, target, reason: 'a rehearsal', approve: planHash, ...consent });
}

async function asked(stage: RehearsalStage, event: RunbookEvent, runs: RehearsedRun[]): Promise<RunbookResult> {
  const rows: JournalRow[] = [];
  const [began, holder] = [stage.clock.now(), 'rehearsal'];
  const result = await stage.ask(event, { holder, onRow: (row) => rows.push(row) });
  runs.push({ began, ended: stage.clock.now(), holder, event, result, rows });
  return result;
}

async function verdictOn(
  stage: RehearsalStage,
  { mode: kind, outcomes }: Scenario,
  runs: readonly RehearsedRun[],
  writes: readonly Write[],
): Promise<Verdict> {
  const { topology, region } = stage;
  const last = runs.at(-1);
  if (last?.result === undefined) throw new UnderstudyError('nothing-asked', 'the runbook was asked nothing');
  const { result, rows } = last;
  const target = result.plan?.target;
  const isMoved = result.outcome === 'DONE' || result.outcome === 'DEGRADED';
  const now = stage.member(isMoved && target !== undefined ? target : topology.primary);
  const present = await idsOn(now);
  const hosts = { old: stage.member(topology.primary).doors.host, promoted: now.doors.host };
  return judge({ kind, result, rows, writes, hosts, present, writer: stage.writerFor(region), outcomes });
}

/** @throws UnderstudyError `no-such-scenario` */
export function scenarioNamed(name: string, all: readonly Scenario[]): Scenario {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name).join(', ');
  throw new UnderstudyError('no-such-scenario', `no scenario is called ${name}; allowed: ${names}; name one of them`);
}
