import type { RunbookResult } from '../../runbook/contract';
import type { JournalRow } from '../../runbook/execution/ports';
import { UnderstudyError, type Topology } from '../../topology';
import { WriteLog, type Write } from '../clients/write-log';
import { idsOn, makeTable } from '../clients/written';
import { WritingClient } from '../clients/writing-client';
import { judge, type Verdict } from '../judge/judge';
import type { LagPoint } from '../postgres/lag-gauge';
import { RehearsalStage, type RehearsalStageOptions } from '../stage/rehearsal-stage';
import type { Scenario } from './scenario';

export type RehearseOptions = RehearsalStageOptions;

/** Everything that was seen. Times are milliseconds since 1970, by the cloud's clock. */
export interface Rehearsal {
  readonly scenario: string;
  readonly topology: Topology;
  readonly began: number;
  readonly ended: number;
  /** Seconds of the machine. */
  readonly took: number;
  readonly result: RunbookResult;
  readonly rows: readonly JournalRow[];
  readonly writes: readonly Write[];
  readonly lag: readonly LagPoint[];
  readonly verdict: Verdict;
}

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
    await scenario.before?.(stage);
    const rows: JournalRow[] = [];
    const [result] = await Promise.all([run(stage, scenario, rows), scenario.during?.(stage)]);
    await stage.clock.wait(AFTERMATH);
    await Promise.all(clients.map((client) => client.stop()));
    const ended = stage.clock.now();
    const verdict = await verdictOn(stage, scenario, result, log.all);
    const { topology, gauge } = stage;
    const took = (performance.now() - machine) / 1000;
    const seen = { rows, writes: log.all, lag: gauge.points, verdict };
    return { scenario: scenario.name, topology, began, ended, took, result, ...seen };
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
  const { database, username } = stage.backend.master;
  await makeTable(stage.member(stage.topology.primary).server, database, username);
  for (const client of clients) client.start();
  stage.keepWatch();
  await stage.clock.wait(PEACE);
}

/**
 * As a person does it: a plan, and its approval. Who is to be promoted is named: of two who are equally far, first the one and then
 * the other may be a moment ahead, and the approval of one is none of the other.
 */
async function run(stage: RehearsalStage, { mode, consent }: Scenario, rows: JournalRow[]): Promise<RunbookResult> {
  const first = await stage.ask({ mode: 'plan', ...consent });
  if (first.plan?.mode !== mode) return first;
  const { target } = first.plan;
  const { planHash } = await stage.ask({ mode: 'plan', target, ...consent });
  if (planHash === undefined) return first;
  const event = { mode, target, reason: 'a rehearsal', approve: planHash, ...consent };
  return stage.ask(event, { onRow: (row) => rows.push(row) });
}

async function verdictOn(
  stage: RehearsalStage,
  { mode: kind, outcomes }: Scenario,
  result: RunbookResult,
  writes: readonly Write[],
): Promise<Verdict> {
  const { topology, backend, region } = stage;
  const target = result.plan?.target;
  const isMoved = result.outcome === 'DONE' || result.outcome === 'DEGRADED';
  const now = stage.member(isMoved && target !== undefined ? target : topology.primary);
  const present = await idsOn(now.server, backend.master.database);
  const hosts = { old: stage.member(topology.primary).doors.host, promoted: now.doors.host };
  return judge({ kind, result, writes, hosts, present, writer: stage.writerFor(region), outcomes });
}

/** @throws UnderstudyError `no-such-scenario` */
export function scenarioNamed(name: string, all: readonly Scenario[]): Scenario {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name).join(', ');
  throw new UnderstudyError('no-such-scenario', `no scenario is called ${name}; allowed: ${names}; name one of them`);
}
