import { textTable } from '../lib/cli';
import { ENGINES, formatDuration, TopologyView, type Member, type Topology } from '../lib/topology';
import type { Template } from './synthesise';

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

export interface Made {
  readonly file: string;
  readonly diagram: string;
  readonly templates: readonly Template[];
  /** Where the report of the rehearsals is, or why there is none. */
  readonly report: { readonly path: string } | { readonly missing: string };
}

/** Where everything is that was made. */
export function placesText({ file, diagram, templates, report }: Made): string {
  const rows = templates.map((each) => [each.file, `${each.resources} resources`, `${each.alarms} alarms`]);
  return [
    ...textTable([
      ['diagram', diagram],
      ...rows.map(([path = '', ...counts], index) => [index === 0 ? 'templates' : '', path, ...counts]),
      ['report', 'path' in report ? report.path : `none: ${report.missing}`],
    ]),
    '',
    `next: npx cdk diff -c topology=${file}, then npx cdk deploy --all -c topology=${file}`,
    '',
  ].join('\n');
}
