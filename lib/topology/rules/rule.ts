import type { Finding, Severity } from '../finding';
import { TOPOLOGY_KINDS, type TopologyKind } from '../kinds';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';

/** What a rule says of one breach. */
export interface Message {
  /** Where: below the member for a rule of members, else from the top of the topology. */
  readonly at: readonly string[];
  /** What is wrong, with the value found. */
  readonly problem: string;
  readonly allowed: string;
  readonly fix: string;
}

interface RuleData<Subject extends unknown[]> {
  /** A literal that never changes. */
  readonly code: string;
  readonly severity: Severity;
  /** Kinds of topology that it is about. @default - all */
  readonly kinds?: readonly TopologyKind[];
  /** One line for the table of rules. */
  readonly about: string;
  /** True when the rule is broken. False also when a value that it needs is unknown. */
  readonly when: (...subject: Subject) => boolean;
  /** Only called when the rule is broken. */
  readonly message: (...subject: Subject) => Message;
}

/** One thing that must hold of a topology, or that is worth knowing. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  readonly kinds: readonly TopologyKind[];
  readonly about: string;
  readonly check: (view: TopologyView) => readonly Finding[];
}

/** A rule of the topology as a whole. */
export function topologyRule(data: RuleData<[view: TopologyView]>): Rule {
  const { code, severity, kinds = TOPOLOGY_KINDS, about, when, message } = data;
  return {
    code,
    severity,
    kinds,
    about,
    check: (view) => {
      if (!when(view)) return [];
      const { at, problem, allowed, fix } = message(view);
      return [{ code, severity, path: at, problem, allowed, fix }];
    },
  };
}

/** A rule of each version that is written: the topology's, and the members' that differ from it and from their source's. */
export function versionRule(data: RuleData<[version: string, view: TopologyView, member?: Member]>): Rule {
  const { code, severity, kinds = TOPOLOGY_KINDS, about, when, message } = data;
  return {
    code,
    severity,
    kinds,
    about,
    check: (view) => {
      const { engine, members } = view.topology;
      const own = members.filter((member) => member.retired !== 'removed' && member.version !== engine.version);
      const written = [
        { version: engine.version, member: undefined },
        ...own.map((member) => ({ version: member.version, member })),
      ];
      return written.flatMap(({ version, member }): readonly Finding[] => {
        const inherited = member !== undefined && view.sourceOf(member)?.version === version;
        if (version === undefined || inherited || !when(version, view, member)) return [];
        const { at, problem, allowed, fix } = message(version, view, member);
        return [
          {
            code,
            severity,
            path: [...(member === undefined ? ['engine'] : ['members', member.id]), ...at],
            problem,
            allowed,
            fix,
          },
        ];
      });
    },
  };
}

/** A rule of each member that still exists. */
export function memberRule(data: RuleData<[member: Member, view: TopologyView]>): Rule {
  const { code, severity, kinds = TOPOLOGY_KINDS, about, when, message } = data;
  return {
    code,
    severity,
    kinds,
    about,
    check: (view) =>
      view.topology.members
        .filter((member) => member.retired !== 'removed' && when(member, view))
        .map((member) => {
          const { at, problem, allowed, fix } = message(member, view);
          return { code, severity, path: ['members', member.id, ...at], problem, allowed, fix };
        }),
  };
}
