import type { Outcome, Phase, RunbookEvent } from '../contract';
import { DETACH, isBlocking, moveOf, moveOfRun, type RunMove } from '../decision';
import { afterGooglePromotion } from './after-google-promotion';
import type { Host } from './host';
import type { JournalEntry, JournalRow } from './ports';

interface Story {
  readonly runId: string;
  readonly begun: Extract<JournalRow, { type: 'begun' }>;
  readonly rows: readonly JournalRow[];
  readonly primary: string;
  readonly target: string;
  readonly phase: Phase;
  /** Why the last phase ended as it did. */
  readonly detail?: string;
  readonly command: Host['command'];
}

/** What to do now: whole sentences, and exact commands. */
export function nextSteps(rows: readonly JournalRow[], { command }: Pick<Host, 'command'>): readonly string[] {
  const [begun] = rows;
  if (begun?.type !== 'begun') return [];
  const ended = newest(rows, 'phase ended');
  const { outcome, detail = ended?.detail } = newest(rows, 'ended') ?? { outcome: 'IN_PROGRESS' as const };
  if (begun.kind === 'unfence') return afterUnfence(outcome, begun, detail, command);
  return STEPS[outcome]({
    runId: begun.runId,
    begun,
    rows,
    primary: begun.topology.primary,
    target: newest(rows, 'planned')?.plan.target ?? '',
    phase: ended?.phase ?? 'start',
    ...(detail === undefined ? {} : { detail }),
    command,
  });
}

const STEPS: Readonly<Record<Outcome, (story: Story) => readonly string[]>> = {
  DONE: (story) => (story.begun.event.mode === 'plan' ? afterPlan(story) : afterPromotion(story)),
  DEGRADED: (story) => [...missing(story), ...afterPromotion(story)],
  NEEDS_OPERATOR: (story) => [...cause(story), ...reason(story), ...missing(story), ...byHand(story)],
  ABORTED: (story) => [...cause(story), ...reason(story), `${story.primary} takes writes again. Nothing was promoted.`],
  REFUSED: (story) => [...reason(story), ...blocked(story), ...afterRefusal(story)],
  IN_PROGRESS: (story) => (story.begun.event.mode === 'plan' ? againAsPlan(story) : goOn(story)),
};

function goOn({ begun, runId, command }: Story): readonly string[] {
  return [
    `The run is not over. To go on with it: ${command(again(begun.event, runId))}`,
    `To stop it before the promotion: ${command({ mode: 'abort', runId, reason: 'why it has to stop' })}`,
  ];
}

/** A plan is on no journal: nobody can go on with it. */
function againAsPlan({ begun, command }: Story): readonly string[] {
  return [`The plan was not finished. To make it anew: ${command({ mode: 'plan', ...pick(begun.event, WISHES) })}`];
}

/** Why what was done had to be taken back. */
function cause({ rows, phase, begun }: Story): readonly string[] {
  if (phase !== 'undo') return [];
  const before = rows.findLast((row) => row.type === 'phase ended' && row.phase !== 'undo');
  return before?.type === 'phase ended' && before.detail !== undefined ? [sentence(before.detail, begun)] : [];
}

function reason({ detail, begun }: Story): readonly string[] {
  return detail === undefined ? [] : [sentence(detail, begun)];
}

function missing({ rows, begun }: Story): readonly string[] {
  return rows.flatMap((row) => (row.type === 'shortfall' ? [sentence(row.problem, begun)] : []));
}

function blocked({ rows }: Story): readonly string[] {
  const findings = newest(rows, 'observed')?.findings ?? [];
  return findings.filter(isBlocking).map(({ id, problem, fix }) => `${id}: ${problem}. To do: ${fix}.`);
}

function afterRefusal({ begun, rows, command }: Story): readonly string[] {
  const planned = newest(rows, 'planned');
  if (newest(rows, 'phase ended')?.signal === 'not approved' && planned !== undefined) {
    return [
      `To approve it: ${command({ ...begun.event, target: planned.plan.target, approve: planned.planHash, runId: undefined })}`,
    ];
  }
  const { event } = begun;
  return [`To look again: ${command({ mode: 'plan', ...pick(event, WISHES) })}`];
}

function afterPlan({ begun, rows, command }: Story): readonly string[] {
  const planned = newest(rows, 'planned');
  if (planned === undefined) return [];
  const { mode } = planned.plan;
  const wishes =
    mode === 'switchover' ? pick(begun.event, ['target', 'expectedPrimary', 'override']) : pick(begun.event, WISHES);
  const event: RunbookEvent = {
    ...wishes,
    mode,
    reason: begun.event.reason ?? 'why it has to be',
    target: planned.plan.target,
    approve: planned.planHash,
  };
  return [`Nothing was changed. To do it: ${command(event)}`];
}

function afterPromotion(story: Story): readonly string[] {
  const kept = story.rows.flatMap((row) => (row.type === 'kept' ? [sentence(row.what, story.begun)] : []));
  return [...standing(story), ...new Set(kept)];
}

/** Who is primary, and what becomes of the one before. */
function standing({ primary, target, begun, rows }: Story): readonly string[] {
  const { topology, event } = begun;
  if (topology.cloud === 'gcp') return afterGooglePromotion(topology, target, rows);
  const move = moveOf(topology);
  if (move === 'inside') {
    return [
      `${target} is the writer of ${topology.within?.member}. The program names no writer: nothing is to be changed in it.`,
    ];
  }
  if (move === 'global' && event.override?.includes(DETACH)) {
    return [
      `${target} is a cluster of its own, and takes writes. Keep ${primary} from its clients: it is still the primary of the global database.`,
      `Make a new global database of ${target}, and declare it; what only ${primary} has, if anything, is copied from there by hand.`,
    ];
  }
  if (move === 'global') {
    return [
      `${target} is the primary. Say so in the program before it is deployed again: primary: ${target}; ${primary} is not retired.`,
      `${primary} follows it, or will when Aurora has made it anew. To go back then, plan a switchover to ${primary}.`,
    ];
  }
  return [
    `${target} is the primary. Say so in the program before it is deployed again: primary: ${target}; retired: kept for ${primary} and for whoever follows it.`,
    `${primary} is kept as it is. What only it has, if anything, is copied from there by hand; then it can be removed.`,
  ];
}

function byHand(story: Story): readonly string[] {
  const { phase, primary, target, begun, command } = story;
  const unfence = command({ mode: 'unfence', target: primary, reason: 'why it may write again' });
  const status = `Look at both, then: ${command({ mode: 'status', runId: story.runId })}`;
  if (moveIn(story) !== 'stepwise' && (phase === 'fence' || phase === 'promote')) {
    return [
      'Nobody was promoted, and nothing was silenced.',
      `To try again: ${command({ mode: 'plan', ...pick(begun.event, WISHES) })}`,
      ...lastResort(story),
    ];
  }
  if (phase === 'fence' || phase === 'promote') {
    return [
      `Nobody was promoted. ${primary} may be fenced already, and stays so.`,
      `To try again: ${command({ mode: 'plan', ...pick(begun.event, WISHES) })}`,
      `To let ${primary} take writes again, when nobody else does: ${unfence}`,
    ];
  }
  if (phase === 'confirm') {
    return [
      `${target} may be promoted, or may still become so. Do not let ${primary} take writes before that is known.`,
      status,
    ];
  }
  if (phase === 'undo') {
    return [`${primary} may still be frozen. This run promoted nobody. To let it take writes again: ${unfence}`];
  }
  const isPointedWrong = story.rows.some((row) => row.type === 'shortfall' && row.phase === 'repoint');
  return [
    ...unfenced(story),
    ...afterPromotion(story),
    ...(isPointedWrong ? ['Point the endpoints that are named above by hand.'] : []),
  ];
}

/** A fence of the cloud that did not hold, and whose risk nobody has taken. */
function unfenced({ rows, primary, begun }: Story): readonly string[] {
  const fence = newest(rows, 'fenced')?.fence;
  if (fence === undefined || fence.outcome === 'proven' || fence.accepted !== undefined) return [];
  return [
    sentence(fence.reason, begun),
    `Whether ${primary} took writes meanwhile is not known: see what only it has before it is overwritten or used.`,
  ];
}

function moveIn({ begun, target }: Story): RunMove {
  const { kind, topology } = begun;
  return kind === 'unfence' ? moveOf(topology) : moveOfRun(topology, kind, target);
}

/** What is left when a managed failover is refused. */
function lastResort({ begun, target, command }: Story): readonly string[] {
  const { event, topology, kind } = begun;
  if (moveOf(topology) !== 'global' || kind !== 'failover' || event.override?.includes(DETACH)) return [];
  const override = [...(event.override ?? []), DETACH];
  return [
    `Only when a managed failover is impossible, ${target} can be detached, without any fence: ${command({ mode: 'plan', ...pick(event, WISHES), override })}`,
  ];
}

function afterUnfence(
  outcome: Outcome,
  begun: Story['begun'],
  detail: string | undefined,
  command: Host['command'],
): readonly string[] {
  const { event } = begun;
  const target = event.target ?? '';
  if (outcome === 'DONE') return [`${target} takes writes again.`];
  const why = detail === undefined ? [] : [sentence(detail, begun)];
  return [...why, `${target} may still be fenced. To try again: ${command({ ...event, runId: undefined })}`];
}

const WISHES = ['target', 'expectedPrimary', 'acceptDataLoss', 'acceptSplitBrainRisk', 'override'] as const;

function pick<K extends keyof RunbookEvent>(event: RunbookEvent, keys: readonly K[]): Partial<Pick<RunbookEvent, K>> {
  return Object.fromEntries(keys.filter((key) => event[key] !== undefined).map((key) => [key, event[key]])) as Partial<
    Pick<RunbookEvent, K>
  >;
}

function again(event: RunbookEvent, runId: string): RunbookEvent {
  return { mode: event.mode, reason: event.reason, runId };
}

/** Begins with a capital letter, unless that would make another name of a name. */
function sentence(text: string, { topology }: Story['begun']): string {
  const word = /^[a-z]+(?=[\s,;:]|$)/.exec(text)?.[0];
  const isName = word === undefined || topology.members.some(({ id }) => id === word);
  const whole = isName ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

function newest<T extends JournalEntry['type']>(
  rows: readonly JournalRow[],
  type: T,
): Extract<JournalRow, { type: T }> | undefined {
  return rows.findLast((row): row is Extract<JournalRow, { type: T }> => row.type === type);
}
