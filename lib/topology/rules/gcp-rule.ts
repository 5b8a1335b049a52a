import { CloudSqlView } from '../gcp/cloud-sql-view';
import type { Severity } from '../finding';
import type { Member } from '../topology';
import type { Message, Rule } from './rule';

interface GcpRuleData {
  /** A literal that never changes. */
  readonly code: string;
  readonly severity: Severity;
  /** One line for the table of rules. */
  readonly about: string;
}

/** A rule of Cloud SQL that may find several things at once. What it needs and does not know is no breach. */
export function gcpRule(data: GcpRuleData, breaches: (view: CloudSqlView) => readonly Message[]): Rule {
  const { code, severity, about } = data;
  return {
    code,
    severity,
    kinds: ['instances'],
    about,
    check: (view) =>
      view.topology.gcp === undefined
        ? []
        : breaches(new CloudSqlView(view, view.topology.gcp)).map(({ at, problem, allowed, fix }) => ({
            code,
            severity,
            path: at,
            problem,
            allowed,
            fix,
          })),
  };
}

/** The same of each member that still exists; paths begin below the member. */
export function gcpMemberRule(
  data: GcpRuleData,
  breaches: (member: Member, view: CloudSqlView) => readonly Message[],
): Rule {
  return gcpRule(data, (view) =>
    view.present.flatMap((member) =>
      breaches(member, view).map((message) => ({ ...message, at: ['members', member.id, ...message.at] })),
    ),
  );
}
