import type { JournalRow } from '../../runbook/execution/ports';
import type { ApiCall } from '../api-call';
import {
  counted,
  movesIn,
  resultOf,
  runIdOf,
  untilPromotedAgain,
  type Evidence,
  type JudgedRun,
  type Promised,
} from './evidence';

/** Whether what the runbook says of itself is so, by what clients, servers and the cloud's own log of calls say. */
export function truthPromises(evidence: Evidence): readonly Promised[] {
  return [
    fenceTrue(evidence),
    rolesTrue(evidence),
    timingsTrue(evidence),
    answersTrue(evidence),
    nothingUnsaid(evidence),
  ];
}

/** A fence that is proven lets no write pass that was sent after it. */
function fenceTrue(evidence: Evidence): Promised {
  const late = movesIn(evidence).flatMap((move) => {
    const row = move.runs.flatMap(({ rows }) => rows).find((each) => each.type === 'fenced');
    if (row?.type !== 'fenced' || row.fence.outcome !== 'proven') return [];
    const [host, until] = [evidence.hostOf(move.from), untilPromotedAgain(move, evidence)];
    const isBehind = (sent: number): boolean => sent > row.at * 1000 && sent < until;
    return evidence.writes.filter(
      (write) => write.host === host && write.end === 'acknowledged' && isBehind(write.sent),
    );
  });
  const seen = `${counted(late.length)} acknowledged behind a fence that is said to be proven`;
  return { id: 'fence-true', isKept: late.length === 0, seen };
}

/** Who is said to be primary takes writes; where all is said to be done, somebody follows; where nothing was done, all is as before. */
function rolesTrue(evidence: Evidence): Promised {
  const id = 'roles-true';
  const move = movesIn(evidence).at(-1);
  const outcome = move && resultOf(move)?.outcome;
  const primary = move?.to ?? evidence.primary;
  const word = evidence.lastWords.get(primary);
  const others = [...evidence.lastWords].filter(([member]) => member !== primary);
  const isSilent = word?.takesWrites !== true;
  const both = others
    .filter(([member, { takesWrites }]) => takesWrites && !isExcused(member, evidence))
    .filter(([member]) => !isSilent || !isSaidToBeUnclear(member, evidence))
    .map(([member]) => member);
  if (both.length > 0) return { id, isKept: false, seen: `${both.join(', ')} takes writes beside ${primary}` };
  const isUnclear =
    outcome === 'NEEDS_OPERATOR' ||
    evidence.runs.some(({ result }) => result?.outcome !== outcome && result?.outcome === 'NEEDS_OPERATOR');
  if (word === undefined || word.isHurt || isUnclear)
    return { id, isKept: true, seen: `nobody else than ${primary} takes writes` };
  if (!word.takesWrites) return { id, isKept: false, seen: `${primary} takes no writes` };
  const followers = others.filter(([, { hasLast }]) => hasLast).map(([member]) => member);
  // Who follows may have been struck down when all was done.
  const isStruck = others.some(([, { follows, isHurt }]) => follows === true && isHurt);
  if (outcome === 'DONE' && followers.length === 0 && !isStruck)
    return { id, isKept: false, seen: `${primary} takes writes, and nobody follows it` };
  return { id, isKept: true, seen: `${primary} takes writes; ${followers.join(', ') || 'nobody'} follows it` };
}

/** A person took the risk by name that this one goes on. */
function isExcused(member: string, evidence: Evidence): boolean {
  return movesIn(evidence).some((move) => {
    const fence = resultOf(move)?.fence;
    return move.from === member && fence?.outcome !== 'proven' && fence?.accepted !== undefined;
  });
}

/** A run called for the promotion of this one, and says that it ended before anybody knew what became of it. */
function isSaidToBeUnclear(member: string, { runs }: Evidence): boolean {
  return runs.some((run) => {
    const rows = runs.filter((each) => runIdOf(each) === runIdOf(run)).flatMap((each) => each.rows);
    const isCalled = rows.some((row) => row.type === 'attempt' && row.phase === 'promote');
    const isKnown = rows.some(({ type }) => type === 'promoted');
    return isCalled && !isKnown && run.result?.outcome === 'NEEDS_OPERATOR' && run.result.plan?.target === member;
  });
}

/** The times of all phases together are as long as whoever asked had to wait. */
function timingsTrue({ runs, slack }: Evidence): Promised {
  const wrong = runs.flatMap(({ result, rows, began, ended }) => {
    // Who goes on with a run, or is told of another's, is told its whole time.
    if (result === undefined || rows[0]?.type !== 'begun') return [];
    const told = result.timings.reduce((sum, { seconds }) => sum + seconds, 0) * 1000;
    const waited = ended - began;
    return told > waited + 1 || told < waited - slack
      ? `${Math.round(told / 1000)} s told, ${Math.round(waited / 1000)} s waited`
      : [];
  });
  const seen = wrong.join('; ') || 'the times of the phases are those that were waited for';
  return { id: 'timings-true', isKept: wrong.length === 0, seen };
}

interface Attempted {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly outcome: string | undefined;
}

/** Every attempt with its answer. One that was never answered ends when its runner was killed, and what was sent then arrives. */
function attemptsOf({ rows }: JudgedRun, slack: number): readonly Attempted[] {
  return rows.flatMap((row, index) => {
    if (row.type !== 'attempt') return [];
    const answer = rows
      .slice(index)
      .find(
        (each): each is Extract<JournalRow, { type: 'answer' }> => each.type === 'answer' && each.step === row.step,
      );
    const to = answer === undefined ? row.at * 1000 + slack : answer.at * 1000;
    return { from: row.at * 1000 - 1, to: to + 1, title: row.title, outcome: answer?.outcome };
  });
}

/** The journal and the runner's own messages are no part of what is attempted. */
const OWN: ReadonlySet<string> = new Set(['dynamodb', 'sns', 'firestore', 'pubsub']);

const isAttempt = ({ mutating, service }: ApiCall): boolean => mutating && !OWN.has(service);

/** What an answer in the journal says of a call, the cloud's log says, too. */
function answersTrue({ runs, calls, slack }: Evidence): Promised {
  const effects = calls.filter((call) => isAttempt(call) && call.effect);
  const attempts = runs.flatMap((run) => attemptsOf(run, slack));
  const wrong = attempts.flatMap(({ from, to, title, outcome }) => {
    const isSeen = effects.some(({ at }) => at >= from && at <= to);
    if (outcome === 'done' && !isSeen) return `${title}: done, says the journal, and no call had an effect`;
    if ((outcome === 'refused' || outcome === 'not-taken') && isSeen)
      return `${title}: ${outcome}, says the journal, and a call had an effect`;
    return [];
  });
  const seen = wrong.join('; ') || `${counted(attempts.length, 'answer')} in the journal, as the cloud's log has them`;
  return { id: 'answers-true', isKept: wrong.length === 0, seen };
}

/** Nothing is changed without a row in the journal that was there before. */
function nothingUnsaid({ runs, calls, slack }: Evidence): Promised {
  const attempts = runs.flatMap((run) => attemptsOf(run, slack));
  const unsaid = calls.filter(
    (call) => isAttempt(call) && call.effect && !attempts.some(({ from, to }) => call.at >= from && call.at <= to),
  );
  const seen =
    unsaid.map(({ action, resource }) => `${action} ${resource ?? ''}`.trim()).join(', ') ||
    'every call that changed something is in the journal';
  return { id: 'nothing-unsaid', isKept: unsaid.length === 0, seen };
}
