import { endState, missingOn, type EndState } from './_world/end-state';
import { denyingFrom, failingAt, FAILURES, noting, type Failure } from './_world/mishaps';
import { carried } from './_world/runner';
import { sceneOf, type SceneName } from './_world/scenes';
import type { World } from './_world/world';

const SCENES: readonly SceneName[] = ['switchover', 'partition', 'region lost'];

/** Nothing of it shows: the run ends as the one that nothing happened to. */
const USUAL = 'as usual';
/** Nothing was changed, and that is said. */
const REFUSED = 'REFUSED';
/** The old primary takes writes again. */
const ABORTED = 'ABORTED';
/** Nobody was promoted, or it cannot be told; the old primary stays silenced. */
const BEFORE = 'NEEDS_OPERATOR, nobody promoted';
/** The promotion was called, and looking at it was forbidden. */
const BLIND = 'NEEDS_OPERATOR, promotion not confirmed';
/** The new primary stands, and a name does not point to it. */
const UNNAMED = 'NEEDS_OPERATOR, promoted';
const DEGRADED = 'DEGRADED, promoted';

/** A look that is denied from then on, however often. */
const FOR_GOOD = 'denied for good';

interface Row {
  readonly call: string;
  /** @default all four */
  readonly failures?: readonly (Failure | typeof FOR_GOOD)[];
  readonly ends: Readonly<Record<SceneName, readonly string[]>>;
}

const always = (...ends: readonly string[]): Row['ends'] => ({
  switchover: ends,
  partition: ends,
  'region lost': ends,
});
const row = (call: string, ends: Row['ends'], ...failures: NonNullable<Row['failures']>): Row =>
  failures.length === 0 ? { call, ends } : { call, ends, failures };

/**
 * What one failing call may come to, once in a run, wherever in it. What is not here leaves no trace.
 *
 * A look that is denied once is looked again; denied for good, its phase ends. Of what fails once, only two come to anything
 * after the approval: a promotion that may have been called is not called again, and who could not be told was not.
 */
const TABLE: readonly Row[] = [
  // Before the fence it is refused; after it, the run is interrupted and looks again.
  row('probe.ask', always(REFUSED, USUAL), 'denied'),
  row('fleet.look', { ...always(REFUSED, USUAL), switchover: [REFUSED] }, 'denied'),
  // Without its address nobody can ask a primary whose Region is silent.
  row('history.read', { ...always(USUAL), 'region lost': [REFUSED] }),
  row('endpoints.obstacles', always(REFUSED)),
  row('freeze.next', { ...always(), switchover: [ABORTED] }, FOR_GOOD),
  row('fence.next', { ...always(), partition: [BEFORE], 'region lost': [USUAL] }, FOR_GOOD),
  row('promote.next', { ...always(BEFORE, BLIND), switchover: [ABORTED, BLIND] }, FOR_GOOD),
  // The journal says that a call goes out, and whether it did nobody knows.
  row('ledger.append attempt', always(BEFORE, USUAL), 'answer lost'),
  row('promote.do promote', always(BEFORE), 'lost on the way'),
  // Of the Region that is lost the old primary cannot be marked: that run is degraded in any case.
  row('restore.next', { ...always(DEGRADED), 'region lost': [DEGRADED, USUAL] }, FOR_GOOD),
  row('writer.point.next', always(UNNAMED), FOR_GOOD),
  row('reader.point.next', always(UNNAMED), FOR_GOOD),
  row('rebuild.next', { ...always(DEGRADED), 'region lost': [DEGRADED, USUAL] }, FOR_GOOD),
  row('notifier.tell', { ...always(DEGRADED), 'region lost': [USUAL] }),
];

function nameOf({ outcome, promotions, promoted }: EndState): string {
  if (outcome === 'NEEDS_OPERATOR' && promotions.length === 0) return BEFORE;
  if (outcome === 'NEEDS_OPERATOR' && promoted === undefined) return BLIND;
  return promotions.length === 0 ? outcome : `${outcome}, promoted`;
}

function checkSafe(name: SceneName, world: World, end: EndState): void {
  expect(end.isOpen).toBe(false);
  expect(end.promotions.length).toBeLessThanOrEqual(1);
  // Of a Region that cannot be fenced a person has taken the risk.
  if (name !== 'region lost') expect(world.schisms).toStrictEqual([]);
  if (name === 'switchover') expect(missingOn(world, end.promotions[0] ?? 'ada')).toStrictEqual([]);
  if (end.outcome === 'REFUSED' || end.outcome === 'ABORTED') {
    const { writable, isFrozen, isFenced, endpoints } = end;
    expect({ writable, isFrozen, isFenced, endpoints: endpoints.toSorted() }).toStrictEqual({
      ...{ writable: ['ada'], isFrozen: false, isFenced: false },
      endpoints: [world.server('ada').host, world.server('bab').host],
    });
  }
}

/** How a run ended in which the n-th call failed, once or from then on: all ends, by call and failure. */
async function endsOf(name: SceneName): Promise<{ readonly ends: Map<string, Set<string>>; readonly points: number }> {
  const { world, event } = await sceneOf(name);
  const calls: string[] = [];
  const { result } = await carried(world, event, () => ({ ports: noting(world.ports, calls) }));
  const known = JSON.stringify(await endState(world, result));
  const ends = new Map<string, Set<string>>();
  let points = 0;
  for (const [index, call] of calls.entries()) {
    const once = call === 'clock.wait' ? [] : FAILURES;
    for (const failure of call.endsWith('.next') ? ([...once, FOR_GOOD] as const) : once) {
      points += 1;
      const disturbed = await sceneOf(name);
      const { ports: whole } = disturbed.world;
      const ports = failure === FOR_GOOD ? denyingFrom(whole, index + 1) : failingAt(whole, index + 1, failure);
      const again = await carried(disturbed.world, disturbed.event, () => ({ ports }));
      const end = await endState(disturbed.world, again.result);
      checkSafe(name, disturbed.world, end);
      const key = `${call}, ${failure}`;
      ends.set(key, (ends.get(key) ?? new Set()).add(JSON.stringify(end) === known ? USUAL : nameOf(end)));
    }
  }
  return { ends, points };
}

let tried = 0;

afterAll(() => {
  process.stdout.write(`failing calls: ${tried} points of three runs\n`);
});

test.each(SCENES)(
  'whichever call of a %s fails once, it ends as the table says',
  async (name) => {
    const { ends, points } = await endsOf(name);
    tried += points;
    const wanted = [...ends.keys()].map((key) => {
      const found = TABLE.find(({ call, failures = FAILURES }) => failures.some((each) => key === `${call}, ${each}`));
      return [key, (found?.ends[name] ?? [USUAL]).toSorted()];
    });
    expect(Object.fromEntries([...ends].map(([key, found]) => [key, [...found].toSorted()]))).toStrictEqual(
      Object.fromEntries(wanted),
    );
  },
  60_000,
);
