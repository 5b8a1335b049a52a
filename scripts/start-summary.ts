import type { Rehearsal } from '../lib/rehearsal';
import { ENGINES, formatDuration, TopologyView, type Member, type Topology } from '../lib/topology';
import type { Rehearsed } from './rehearse-both';
import type { Template } from './synthesise';
import { textTable } from './text-table';

/** What a topology is, for a person. */
export function topologyText(topology: Topology): string {
  const { engine, primary, objectives, name } = topology;
  const { lag, dataLoss, recovery } = objectives;
  const promises = [
    `lag ${formatDuration(lag)}`,
    dataLoss === undefined ? [] : `data loss ${formatDuration(dataLoss)}`,
    recovery.member === undefined ? [] : `recovery ${formatDuration(recovery.member)}`,
    recovery.region === undefined ? [] : `recovery from loss of the Region ${formatDuration(recovery.region)}`,
  ].flat();
  return [
    '',
    `${name}: ${ENGINES[engine.name].title} ${engine.version ?? ''}, primary ${primary}`,
    `objectives: ${promises.join(', ')}`,
    '',
    ...textTable([['member', 'Region', 'role', 'follows', 'promotion', 'size', 'standby'], ...memberRows(topology)]),
    '',
    '',
  ].join('\n');
}

function memberRows(topology: Topology): readonly (readonly string[])[] {
  const view = new TopologyView(topology);
  return topology.members.map((member: Member) => [
    member.id,
    member.region ?? '',
    view.roleOf(member),
    view.followedBy(member)?.id ?? '-',
    member.promotion === 'never' ? 'never' : `priority ${member.promotion}`,
    member.size ?? '',
    member.standby ?? '',
  ]);
}

/** What each rehearsal showed, and every promise that was broken. */
export function rehearsalsText(rehearsals: readonly Rehearsal[]): string {
  const rows = rehearsals.map(({ scenario, verdict, runs }) => [
    scenario,
    verdict.isKept ? 'every promise kept' : 'PROMISE BROKEN',
    runs.at(-1)?.result?.outcome ?? 'no answer',
    verdict.lost.length === 0 ? 'nothing lost' : `${verdict.lost.length} writes lost`,
    `${formatDuration(Math.round(verdict.outage))} without writes`,
  ]);
  const broken = rehearsals.flatMap(({ scenario, verdict }) =>
    verdict.promises.flatMap(({ id, isKept, seen }) => (isKept ? [] : `  ${scenario}: ${id}: ${seen}`)),
  );
  return [
    ...textTable([['rehearsal', 'verdict', 'outcome', 'writes', "by the cloud's clock"], ...rows]),
    ...broken,
    '',
    '',
  ].join('\n');
}

export interface Made {
  readonly file: string;
  readonly diagram: string;
  readonly templates: readonly Template[];
  /** Why nothing was rehearsed, in its place. */
  readonly rehearsed: Rehearsed | string;
}

/** Where everything is that was made. */
export function placesText({ file, diagram, templates, rehearsed }: Made): string {
  const rows = templates.map((each) => [each.file, `${each.resources} resources`, `${each.alarms} alarms`]);
  return [
    ...textTable([
      ['diagram', diagram],
      ...rows.map(([path = '', ...counts], index) => [index === 0 ? 'templates' : '', path, ...counts]),
      typeof rehearsed === 'string' ? ['report', `none: ${rehearsed}`] : ['report', rehearsed.report.html],
    ]),
    '',
    `next: npx cdk diff -c topology=${file}, then npx cdk deploy --all -c topology=${file}`,
    '',
  ].join('\n');
}
