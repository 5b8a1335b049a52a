import type { Topology } from '../../topology';
import type { Rehearsal, RehearsedRun } from '../scenarios/rehearsal';
import { identifierOf } from '../stage/stage-seeds';
import { phasesOf } from './phases-of';
import { reportSchema, type Report, type ReportedRehearsal, type ReportedRun } from './report-schema';
import { thinned, type Point } from './thinned';
import { writesSeen } from './writes-seen';

/** Points of a member's lag that are kept: more than a screen has columns for. */
const LAG_POINTS = 1000;
/** A picture is hardly ever wider, in times that can be told apart. */
const COLUMNS = 400;
/** Seconds of the machine that a client may be late by: garbage is collected, other processes run. */
const HICCUP = 0.1;

/** Who makes a report. */
export interface ReportMaker {
  /** Package and version. */
  readonly madeBy: string;
  /** The command that plays it again. @default one that leaves the file open */
  readonly replayOf?: ((rehearsal: Rehearsal) => string) | undefined;
}

/**
 * The record of what was rehearsed, without anything that only a machine would read: writes are counted and summed up as bands,
 * and only those that were lost are kept one by one.
 */
export function toReport(rehearsals: readonly Rehearsal[], { madeBy, replayOf }: ReportMaker): Report {
  const reported = rehearsals.map((each) => {
    const replay = replayOf?.(each);
    return { ...rehearsalOf(each), ...(replay !== undefined && { replay }) };
  });
  const isKept = reported.every((each) => each.isKept);
  // A defect of ours, if anything: who reads the file can rely on the schema.
  return reportSchema.parse({ version: 1, madeBy, isKept, rehearsals: reported } satisfies Report);
}

function rehearsalOf(rehearsal: Rehearsal): ReportedRehearsal {
  const { scenario, about, engine, seed, scale, took, began, ended, topology, verdict, acts, reigns } = rehearsal;
  const at = (time: number): number => Math.round(time - began) / 1000;
  const memberOf = membersByHost(rehearsal);
  const lost = new Set(verdict.lost.map(({ id }) => id));
  const resolution = Math.max(at(ended) / COLUMNS, HICCUP * scale);
  return {
    ...{ scenario, about, isKept: verdict.isKept, engine, seed, scale, took, seconds: at(ended) },
    began: new Date(began).toISOString(),
    topology: topologyOf(topology),
    promises: verdict.promises.map(({ id, isKept, seen }) => ({ id, isKept, seen })),
    outage: verdict.outage,
    outageByPhase: verdict.outageByPhase.map(({ phase, seconds }) => ({ phase, seconds })),
    acts: acts.map(({ at: time, text, member }) => ({ at: at(time), text, ...(member !== undefined && { member }) })),
    runs: rehearsal.runs.map((run) => runOf(run, at)),
    reigns: reigns.map(({ member, from, to, tookWrites }) => ({
      ...{ member, from: at(from), ...(to !== undefined && { to: at(to) }), tookWrites },
    })),
    writes: writesSeen({ writes: rehearsal.writes, lost, memberOf, at, resolution }),
    reads: readsOf(rehearsal, at, memberOf),
    lag: lagOf(rehearsal, at),
    lost: verdict.lost.map(({ id, client, host, sent, ended: known }) => ({
      ...{ id, client, member: memberOf(host), sent: at(sent), ended: at(known) },
    })),
    calls: {
      counts: rehearsal.calls.counts.map((each) => ({ ...each })),
      mutations: rehearsal.calls.mutations.map((each) => ({ ...each, at: at(each.at) })),
    },
  };
}

function topologyOf({ name, engine, primary, objectives, members }: Topology): ReportedRehearsal['topology'] {
  const { lag, dataLoss, recovery } = objectives;
  return {
    ...{ name, engine: engine.name, version: engine.version, primary },
    objectives: { lag, dataLoss, recovery: { ...recovery } },
    members: members.map(({ id, region, replicaOf, promotion }) => ({ id, region, replicaOf, promotion })),
  };
}

function runOf({ began, ended, holder, event, result, rows }: RehearsedRun, at: (time: number) => number): ReportedRun {
  const phases = phasesOf(rows).map(({ phase, from, to }) => ({ phase, from: at(from * 1000), to: at(to * 1000) }));
  return { began: at(began), ended: at(ended), holder, event, result, phases, journal: [...rows] };
}

/** A server that belongs to no member is called by its address. */
function membersByHost({ hosts }: Rehearsal): (host: string) => string {
  const members = new Map(Object.entries(hosts).map(([member, host]) => [host, member]));
  return (host) => members.get(host) ?? host;
}

function readsOf(
  { reads, verdict }: Rehearsal,
  at: (time: number) => number,
  memberOf: (host: string) => string,
): ReportedRehearsal['reads'] {
  const unanswered = reads.filter(({ why }) => why !== undefined).length;
  const stale = verdict.staleReads.map(({ client, host, asked, newest }) => ({
    ...{ client, member: memberOf(host), asked: at(asked), ...(newest && { newest: newest.id }) },
  }));
  return { answered: reads.length - unanswered, unanswered, stale };
}

function lagOf({ lag, topology }: Rehearsal, at: (time: number) => number): ReportedRehearsal['lag'] {
  const names = new Map(topology.members.map((member) => [identifierOf(topology, member), member.id]));
  const ids = [...new Set(lag.map(({ id }) => id))];
  const inOrder = ids.toSorted((a, b) => [...names.keys()].indexOf(a) - [...names.keys()].indexOf(b));
  return inOrder.map((id) => {
    const points = lag.filter((point) => point.id === id).map((point): Point => [at(point.at), point.seconds]);
    return { member: names.get(id) ?? id, points: thinned(points, LAG_POINTS).map(([when, value]) => [when, value]) };
  });
}
