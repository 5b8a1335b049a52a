import type { ReadPool } from '../gcp/gcp-topology';
import type { EngineName } from '../engines';
import { gcpMemberRule } from './gcp-rule';
import { listOf } from './list-of';
import type { Rule } from './rule';

const MOST_NODES: Readonly<Partial<Record<EngineName, number>>> = { sqlserver: 7 };
const MOST_CONNECTIONS: Readonly<Partial<Record<EngineName, number>>> = { postgres: 262_142 };

function mostNodes(name: EngineName): number {
  return MOST_NODES[name] ?? 20;
}

/** What is wrong with an autoscaled pool, each with what would be right. */
function autoscaleProblems(
  { nodes, autoscale }: ReadPool,
  name: EngineName,
): readonly (readonly [problem: string, allowed: string, fix: string])[] {
  if (autoscale === undefined) return [];
  const { min, max, cpu, connections } = autoscale;
  const most = MOST_CONNECTIONS[name] ?? 100_000;
  const problems: (readonly [string, string, string] | false)[] = [
    nodes !== undefined && [`it has ${nodes} nodes and autoscale`, 'one of the two', 'take nodes away'],
    min > max && [`min is ${min} and max is ${max}`, 'a min of at most max', 'swap them'],
    cpu === undefined &&
      connections === undefined && ['it has neither cpu nor connections', 'one of them, or both', 'add `cpu: 0.6`'],
    cpu !== undefined && !(cpu >= 0.1 && cpu <= 0.9) && [`cpu is ${cpu}`, 'a share from 0.1 to 0.9', 'write it so'],
    connections !== undefined &&
      !(connections >= 10 && connections <= most) && [
        `connections is ${connections}`,
        `10 to ${most}`,
        'write a number of connections per node',
      ],
  ];
  return problems.filter((problem) => problem !== false);
}

/** Read pools. Source: Google's pages "About read pools" and "Autoscale read pools". */
export const GCP_READ_POOL_RULES: readonly Rule[] = [
  gcpMemberRule(
    {
      code: 'read-pool-edition',
      severity: 'error',
      about: 'read pools need Enterprise Plus, of the pool and of the primary',
    },
    (member, view) => {
      if (!view.isPool(member)) return [];
      const { primary } = view;
      const lesser = [member, ...(primary === undefined ? [] : [primary])].filter(
        (each) => view.of(each).edition === 'enterprise',
      );
      return lesser.length === 0
        ? []
        : [
            {
              at: ['gcp', 'readPool'],
              problem: `${member.id} is a read pool, and of the edition enterprise ${lesser.length > 1 ? 'are' : 'is'} ${listOf(lesser.map(({ id }) => id))}`,
              allowed: 'enterprise-plus for the pool and for the primary',
              fix: 'take that edition, or plain replicas',
            },
          ];
    },
  ),
  gcpMemberRule(
    { code: 'read-pool-nodes', severity: 'error', about: 'a read pool has 1 to 20 nodes; of SQL Server 1 to 7' },
    (member, view) => {
      const { readPool } = view.of(member);
      const most = mostNodes(view.engine.name);
      const wrong = [readPool?.nodes, readPool?.autoscale?.min, readPool?.autoscale?.max].filter(
        (count) => count !== undefined && (count < 1 || count > most),
      );
      const isSilent = readPool !== undefined && readPool.nodes === undefined && readPool.autoscale === undefined;
      if (wrong.length === 0 && !isSilent) return [];
      return [
        {
          at: ['gcp', 'readPool'],
          problem: isSilent
            ? `${member.id} is a read pool without a number of nodes`
            : `${member.id} is a read pool of ${listOf(wrong.map(String))} nodes`,
          allowed: `1 to ${most} nodes, or autoscale within these`,
          fix: 'set nodes, for example 2',
        },
      ];
    },
  ),
  gcpMemberRule(
    {
      code: 'read-pool-autoscale',
      severity: 'error',
      about: 'an autoscaled read pool has min, max and a target that Cloud SQL takes, and no fixed number of nodes',
    },
    (member, view) =>
      autoscaleProblems(view.of(member).readPool ?? {}, view.engine.name).map(([problem, allowed, fix]) => ({
        at: ['gcp', 'readPool', 'autoscale'],
        problem: `the read pool ${member.id} cannot be scaled: ${problem}`,
        allowed,
        fix,
      })),
  ),
  gcpMemberRule(
    {
      code: 'read-pool-standby',
      severity: 'error',
      about: 'a read pool has no standby: its nodes are its availability',
    },
    (member, view) =>
      view.isPool(member) && member.standby === 'regional'
        ? [
            {
              at: ['standby'],
              problem: `${member.id} is a read pool with standby regional`,
              allowed: 'none: two nodes or more make it available',
              fix: 'take standby away',
            },
          ]
        : [],
  ),
  gcpMemberRule(
    {
      code: 'read-pool-role',
      severity: 'error',
      about: 'a read pool is a replica that is never promoted and that nobody follows',
    },
    (member, view) => {
      if (!view.isPool(member)) return [];
      const problem =
        (member.replicaOf === undefined && 'is the origin') ||
        (member.promotion !== 'never' && `has the priority ${member.promotion}`) ||
        (view.view.followersOf(member).length > 0 &&
          `has replicas (${listOf(view.view.followersOf(member).map(({ id }) => id))})`);
      return problem === false
        ? []
        : [
            {
              at: ['gcp', 'readPool'],
              problem: `${member.id} is a read pool and ${problem}`,
              allowed: 'read pools that follow another member, with `promotion: never`, and that nobody follows',
              fix: 'take readPool away, or change that',
            },
          ];
    },
  ),
  gcpMemberRule(
    { code: 'read-pool-single-node', severity: 'warning', about: 'a read pool has two nodes or more: one has no SLA' },
    (member, view) => {
      const { readPool } = view.of(member);
      const least = readPool?.autoscale?.min ?? readPool?.nodes;
      return least !== 1
        ? []
        : [
            {
              at: ['gcp', 'readPool'],
              problem: `${member.id} is a read pool that may have one node`,
              allowed: 'two or more, which Google gives an SLA for',
              fix: 'set two nodes',
            },
          ];
    },
  ),
];
