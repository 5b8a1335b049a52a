import { rehearse, scenarioNamed, writeReport, type Rehearsal, type WrittenReport } from '../lib/rehearsal';
import type { Topology } from '../lib/topology';
import { scaleHere } from './scale-here';

/** One promotion that is planned, and one that is not. */
const PLAYED = ['planned-switchover', 'primary-killed'];

export interface Rehearsed {
  readonly rehearsals: readonly Rehearsal[];
  readonly report: WrittenReport;
}

/** Plays both on servers of their own, at the same time: most of it is waiting. */
export async function rehearseBoth(topology: Topology, into: string): Promise<Rehearsed> {
  const scenarios = PLAYED.map((name) => scenarioNamed(name));
  const scale = await scaleHere();
  const end = progress(`rehearsing ${PLAYED.join(' and ')} on real PostgreSQL servers, ${scale} times as fast as time`);
  // Neither is left alone when the other one fails: it takes its servers away first.
  const played = await Promise.allSettled(scenarios.map((scenario) => rehearse(scenario, { topology, scale })));
  end();
  const rehearsals = played.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
  return { rehearsals, report: await writeReport(rehearsals, into) };
}

/** One line: on a terminal it counts the seconds, and goes in the end. */
function progress(what: string): () => void {
  const { stderr } = process;
  const began = performance.now();
  if (!stderr.isTTY) {
    stderr.write(`${what}\n`);
    return () => undefined;
  }
  const show = (): void => {
    const line = `${what}: ${Math.round((performance.now() - began) / 1000)} s`;
    stderr.write(`\r\u001b[2K${line.slice(0, stderr.columns - 1)}`);
  };
  show();
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    stderr.write('\r\u001b[2K');
  };
}
