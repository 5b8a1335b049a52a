import { ENGINES } from '../engines';
import type { TopologyView } from '../topology-view';
import { auroraNumber, isSince } from './cluster-facts';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

const BINLOG_FORMATS = ['ROW', 'MIXED', 'STATEMENT'];

/** First versions with write forwarding, by major. Source: Amazon Aurora User Guide, its pages on write forwarding, 2026-11. */
const FORWARDING_SINCE = {
  local: { '3': '3.04', '8': '8.4', '14': '14.13', '15': '15.8', '16': '16.4' },
  global: { '2': '2.08.1', '3': '3.01', '8': '8.4', '14': '14.9', '15': '15.4' },
} as const;

type Forwarding = keyof typeof FORWARDING_SINCE;

/** Write forwarding that is asked for, and that a member cannot do. */
function missingForwarding({ topology }: TopologyView): { how: Forwarding; id: string; version: string } | undefined {
  const asked = (['local', 'global'] as const).filter((how) => topology.aws.writeForwarding?.[how] === true);
  for (const how of asked) {
    for (const { id, version, retired } of topology.members) {
      if (retired === undefined && version !== undefined && !isSince(version, FORWARDING_SINCE[how]))
        return { how, id, version };
    }
  }
  return undefined;
}

function binlogFormat({ topology }: TopologyView): string | undefined {
  return topology.aws.parameters['binlog_format'];
}

/** Clusters that follow others by binary log, and readers that pass writes on. */
export const AURORA_REPLICA_RULES: readonly Rule[] = [
  topologyRule({
    code: 'cluster-cannot-replicate',
    severity: 'error',
    kinds: ['cluster'],
    about: 'replica clusters are for Aurora MySQL; Aurora PostgreSQL has global databases',
    when: ({ topology, replicas }) => topology.engine.name === 'aurora-postgresql' && replicas.length > 0,
    message: ({ replicas }) => ({
      at: ['kind'],
      problem: `${listOf(replicas.map(({ id }) => id))} would be replica clusters of Aurora PostgreSQL`,
      allowed: 'replica clusters of Aurora MySQL',
      fix: 'write `kind: global`',
    }),
  }),
  memberRule({
    code: 'too-many-replica-clusters',
    severity: 'error',
    kinds: ['cluster'],
    about: 'an Aurora MySQL cluster has at most five replica clusters',
    when: (member, view) =>
      view.topology.engine.name === 'aurora-mysql' &&
      view.followersOf(member).length > ENGINES['aurora-mysql'].maxReplicas,
    message: (member, view) => ({
      at: [],
      problem: `${member.id} has ${view.followersOf(member).length} replica clusters`,
      allowed: `at most ${ENGINES['aurora-mysql'].maxReplicas}`,
      fix: 'remove some, or take `kind: global`, which has up to ten secondaries',
    }),
  }),
  topologyRule({
    code: 'binlog-off',
    severity: 'error',
    kinds: ['cluster'],
    about: 'an Aurora MySQL cluster with replica clusters writes a binary log',
    when: (view) =>
      view.topology.engine.name === 'aurora-mysql' &&
      view.replicas.length > 0 &&
      !BINLOG_FORMATS.includes(binlogFormat(view)?.toUpperCase() ?? ''),
    message: (view) => ({
      at: ['aws', 'parameters', 'binlog_format'],
      problem: `there are replica clusters and binlog_format is ${binlogFormat(view) ?? 'not given: Aurora writes none by default'}`,
      allowed: listOf(BINLOG_FORMATS, 'or'),
      fix: "set `parameters: { binlog_format: 'ROW' }`; it takes a reboot of the writer",
    }),
  }),
  topologyRule({
    code: 'write-forwarding-version',
    severity: 'error',
    kinds: ['cluster', 'global'],
    about: 'write forwarding needs a version that can',
    when: (view) => missingForwarding(view) !== undefined,
    message: (view) => {
      const { how = 'local', id = '', version = '' } = missingForwarding(view) ?? {};
      return {
        at: ['aws', 'writeForwarding', how],
        problem: `${how} write forwarding is on and ${id} is on ${auroraNumber(version)}`,
        allowed: `${listOf(Object.values(FORWARDING_SINCE[how]))} or later of these majors, and newer ones of Aurora PostgreSQL`,
        fix: 'upgrade, or turn it off',
      };
    },
  }),
];
