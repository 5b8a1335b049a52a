import { gcpMemberRule } from './gcp-rule';
import type { Rule } from './rule';

/** Characters of project and instance name together, with the colon between them. */
const LONGEST = 98;

/** Names. Source: Google's page "Instance settings". */
export const GCP_NAMING_RULES: readonly Rule[] = [
  gcpMemberRule(
    {
      code: 'instance-name-invalid',
      severity: 'error',
      about: 'Cloud SQL instance names: lower-case letters, digits and hyphens; with the project up to 98 characters',
    },
    (member, view) => {
      const { name } = view.of(member);
      const { project } = view.gcp;
      const full = project === undefined ? name : `${project}:${name ?? ''}`;
      return name === undefined || (/^[a-z][a-z0-9-]*$/.test(name) && (full ?? '').length <= LONGEST)
        ? []
        : [
            {
              at: ['gcp', 'name'],
              problem: `the instance name is ${name} (${(full ?? '').length} characters${project === undefined ? '' : ' with the project'})`,
              allowed: `lower-case letters, digits and hyphens, a letter first; with the project up to ${LONGEST} characters`,
              fix: 'shorten the name or the id, or give the member `gcp.name`',
            },
          ];
    },
  ),
  gcpMemberRule(
    { code: 'instance-name-duplicate', severity: 'error', about: 'Cloud SQL instance names are unique in the project' },
    (member, view) => {
      const { name } = view.of(member);
      const other = view.present.find((each) => each !== member && name !== undefined && view.of(each).name === name);
      return other === undefined
        ? []
        : [
            {
              at: ['gcp', 'name'],
              problem: `${member.id} and ${other.id} both have the name ${name ?? ''}`,
              allowed: 'one name for each member, in all regions together',
              fix: 'change one of them',
            },
          ];
    },
  ),
];
