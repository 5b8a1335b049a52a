/* eslint-disable jest/no-export -- describes rules for the test files that call it; it is none itself */
import { check, findingsIn, formatFinding, type Finding, type Topology, type TopologyInput } from '../../lib/topology';
import { normalise } from '../../lib/topology/normalise';

interface Breach {
  readonly of: string;
  readonly input: TopologyInput;
  /** Every finding of this rule, as {@link formatFinding} writes it: severity, code, path and the whole message. */
  readonly lines: readonly string[];
}

/** What one rule refuses or doubts, what it just accepts, and which values it has to know. */
export interface RuleCases {
  readonly breaches: readonly Breach[];
  readonly accepted: readonly { readonly of: string; readonly input: TopologyInput }[];
  /** Each makes the first breach's value unknown: the rule is skipped then. */
  readonly unknown?: readonly { readonly of: string; readonly erase: (topology: Topology) => Topology }[];
}

function linesOf(findings: readonly Finding[], code: string): readonly string[] {
  return findings.filter((finding) => finding.code === code).map((finding) => formatFinding(finding));
}

/** Describes one rule; `rules.test.ts` asserts that every rule is described so. */
export function describeRule(code: string, { breaches, accepted, unknown = [] }: RuleCases): void {
  describe(`rule ${code}`, () => {
    it.each(breaches.map((each) => [each.of, each] as const))('reports %s', (_, { input, lines }) => {
      expect(linesOf(check(input).findings, code)).toStrictEqual(lines);
    });

    it.each(accepted.map((each) => [each.of, each] as const))('accepts %s', (_, { input }) => {
      expect(linesOf(check(input).findings, code)).toStrictEqual([]);
    });

    if (unknown.length > 0) {
      it.each(unknown.map((each) => [each.of, each] as const))('is skipped when %s is unknown', (_, { erase }) => {
        const broken = breaches.map(({ input }) => normalise(input)).slice(0, 1);
        const before = broken.flatMap((model) => linesOf(findingsIn(model), code));
        const after = broken.flatMap((model) => linesOf(findingsIn(erase(model)), code));
        expect({ reported: before.length > 0, after }).toStrictEqual({ reported: true, after: [] });
      });
    }
  });
}

/** The topology with some fields of every member unknown. */
export function withoutMemberFields(
  ...fields: readonly ('region' | 'size' | 'version' | 'standby' | 'retentionDays' | 'encrypted' | 'key' | 'storage')[]
) {
  return (topology: Topology): Topology => ({
    ...topology,
    members: topology.members.map((member) => ({
      ...member,
      ...Object.fromEntries(fields.map((field) => [field, field === 'storage' ? {} : undefined])),
    })),
  });
}

/** The topology with its members' own AWS fields unknown. */
export function withoutMemberAws(topology: Topology): Topology {
  return { ...topology, members: topology.members.map((member) => ({ ...member, aws: {} })) };
}

/** The topology with its engine's version unknown, the members' too. */
export function withoutVersions(topology: Topology): Topology {
  return withoutMemberFields('version')({ ...topology, engine: { ...topology.engine, version: undefined } });
}
