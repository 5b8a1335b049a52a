import fc from 'fast-check';
import { PATIENCE, runs } from '../../_proofs/_helpers/runs';
import type { Kind } from '../../../lib/runbook/decision';
import type { JournalRow } from '../../../lib/runbook/execution/ports';
import { arbitraryStory, type Story } from './_world/arbitrary-story';
import { endState, missingOn } from './_world/end-state';
import { tell, type Told } from './_world/tell';

const NO_TROUBLE = { troubles: [], lives: [], stubborn: [] };

/** How often each property was tried, and how often somebody was promoted in it. */
const tried: Record<string, { stories: number; promoted: number }> = {};

afterAll(() => {
  const told = Object.entries(tried).map(
    ([name, { stories, promoted }]) => `${name}: ${stories} (${promoted} promoted)`,
  );
  process.stdout.write(`stories of runs: ${told.join(', ')}\n`);
});

async function told(name: string, story: Story, kind: Kind): Promise<Told & { readonly rows: readonly JournalRow[] }> {
  const all = await tell(story, kind);
  const count = (tried[name] ??= { stories: 0, promoted: 0 });
  count.stories += all.event === undefined ? 0 : 1;
  count.promoted += all.world.cloud.promotions.length;
  return { ...all, rows: await all.world.ledger.rows('R') };
}

/** Whom the run says that it has promoted, and has confirmed. */
function promotedBy(rows: readonly JournalRow[]): string | undefined {
  const isConfirmed = rows.some((row) => row.type === 'phase ended' && row.phase === 'confirm' && row.signal === 'ok');
  return isConfirmed ? rows.flatMap((row) => (row.type === 'promoted' ? [row.member] : []))[0] : undefined;
}

const kinds = fc.constantFrom<Kind>('switchover', 'failover');

test(
  'never do two members take writes, whatever goes wrong, unless a person took that risk by name',
  async () => {
    let risky = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryStory, kinds, async (story, kind) => {
        const { world, result } = await told('I1', story, kind);
        // Long enough for whatever is still on its way.
        await world.clock.wait(300);
        const isAccepted = result.fence?.accepted !== undefined;
        risky += isAccepted && world.schisms.length > 0 ? 1 : 0;
        expect(isAccepted ? [] : world.schisms).toStrictEqual([]);
        expect(isAccepted ? ['DEGRADED', 'NEEDS_OPERATOR'] : [result.outcome]).toContain(result.outcome);
        expect((await world.ledger.standing()).open).toBeUndefined();
      }),
      runs(150),
    );
    // There are stories in which it would happen.
    expect(risky).toBeGreaterThan(0);
  },
  PATIENCE,
);

const UNTOLD = /was written to after it was frozen|does not say whether it was written to after it was frozen/;

test(
  'a planned run loses no acknowledged write, or says that it may have',
  async () => {
    let late = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryStory, async (story) => {
        const { world, rows, result } = await told('I2', story, 'switchover');
        const target = promotedBy(rows);
        if (target === undefined) return;
        // What is written after the last look is nobody's to tell; a primary that is silent was last asked before the rebuilding.
        const { primary } = world.topology;
        const address = { host: world.server(primary).host, port: 5432 };
        const { dataPlane } = await world.probe.ask({ topology: world.topology, member: primary, address });
        const last = dataPlane === 'reachable' ? 'report' : 'repoint';
        const end = rows.findLast((row) => row.type === 'phase ended' && row.phase === last)?.at ?? Infinity;
        const missing = missingOn(world, target).filter(({ at }) => at < end);
        const isTold = result.findings.some(({ problem }) => UNTOLD.test(problem));
        late += missing.length > 0 ? 1 : 0;
        expect({ missing: isTold ? [] : missing, target }).toStrictEqual({ missing: [], target });
        expect(isTold ? ['DEGRADED', 'NEEDS_OPERATOR'] : [result.outcome]).toContain(result.outcome);
      }),
      runs(100),
    );
    // There are stories in which somebody insists.
    expect(late).toBeGreaterThan(2);
  },
  PATIENCE,
);

test(
  'what an unplanned run loses lies inside the window that it reports',
  async () => {
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryStory, async (story) => {
        const { world, rows, result } = await told('I3', story, 'failover');
        const target = promotedBy(rows);
        if (target === undefined || result.loss === undefined) return;
        const from = Date.parse(result.loss.from) / 1000;
        const to = result.loss.to === undefined ? Infinity : Date.parse(result.loss.to) / 1000;
        const missing = missingOn(world, target);
        lost += missing.length;
        expect({ missing: missing.filter(({ at }) => at < from || at > to), from, to }).toStrictEqual({
          missing: [],
          from,
          to,
        });
      }),
      runs(100),
    );
    expect(lost).toBeGreaterThan(1000);
  },
  PATIENCE,
);

test(
  'a run calls the promotion at most once, but for calls that certainly had no effect; and journals it before',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStory, kinds, async (story, kind) => {
        const { world, rows, calls } = await told('I4', story, kind);
        expect(world.cloud.promotions.length).toBeLessThanOrEqual(1);
        const count = (is: (row: JournalRow) => boolean): number => rows.filter(is).length;
        const attempts = count((row) => row.type === 'attempt' && row.procedure === 'promote');
        const vain = count(
          (row) =>
            row.type === 'answer' &&
            row.procedure === 'promote' &&
            (row.outcome === 'not-taken' || row.outcome === 'refused'),
        );
        expect(attempts - vain).toBeLessThanOrEqual(1);
        expect(calls.filter((call) => call === 'promote.do promote').length).toBeLessThanOrEqual(attempts);
      }),
      runs(80),
    );
  },
  PATIENCE,
);

test(
  'a run whose runners are killed ends as the run without, in any topology',
  async () => {
    const isKill = ({ kind }: Story['troubles'][0]): boolean => kind === 'kill';
    await fc.assert(
      fc.asyncProperty(arbitraryStory, kinds, async (any, kind) => {
        const story = { ...any, ...NO_TROUBLE };
        const killed = await told('I5', { ...story, troubles: any.troubles.filter(isKill) }, kind);
        const whole = await tell(story, kind);
        const isJournaled = killed.rows.some((row) => row.type === 'attempt' && row.procedure === 'promote');
        const isUnknowable = isJournaled && killed.world.cloud.promotions.length === 0;
        // A follower that is late may have what the new primary has when readers are moved, or not: that is a matter of when.
        const isLate = Object.values(story.delays).some((delay) => delay > 0);
        const isCompared = ({ role }: { readonly role: string }): boolean => role === 'writer' || !isLate;
        const endOf = async ({ world, result }: typeof whole) => ({
          ...(await endState(world, result)),
          endpoints: world.endpoints.all.filter(isCompared).map(({ value }) => value),
        });
        const [end, wanted] = [await endOf(killed), await endOf(whole)];
        expect(isUnknowable ? end.outcome : end).toStrictEqual(isUnknowable ? 'NEEDS_OPERATOR' : wanted);
      }),
      runs(40),
    );
  },
  PATIENCE,
);

test(
  'no call to the failed Region is on the way to the promotion: they are few, and nothing depends on their answer',
  async () => {
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryStory, fc.constantFrom(0, 1, 10), async (any, silence) => {
        const story: Story = { ...any, ...NO_TROUBLE, loss: 'region lost', isRiskTaken: true };
        const { world, result, asked, rows } = await told(
          'I7',
          { ...story, times: { ...any.times, silence } },
          'failover',
        );
        const call = rows.find((row) => row.type === 'attempt' && row.procedure === 'promote');
        const [silent] = world.cloud.silent;
        if (silent === undefined || call === undefined) return;
        counted += 1;
        const before = (each: { readonly at: number; readonly region: string }): boolean =>
          each.region === silent && each.at >= asked && each.at <= call.at;
        const members = [...world.cloud.instances.values()].filter(({ server }) => server.region === silent).length;
        // One look at everybody there, and one at what to fence.
        expect(world.cloud.calls.filter(before).length).toBeLessThanOrEqual(members + 1);
        expect(world.probe.asked.filter(before).length).toBeLessThanOrEqual(members);
        expect(call.at - asked).toBeLessThanOrEqual(2 * silence + 5);
        const quick = await tell({ ...story, times: { ...any.times, silence: 0 } }, 'failover');
        expect(await endState(world, result)).toStrictEqual(await endState(quick.world, quick.result));
        expect(result.planHash).toBe(quick.result.planHash);
      }),
      runs(40),
    );
    expect(counted).toBeGreaterThan(16);
  },
  PATIENCE,
);
