import { follow } from '../../../lib/cli/runbook/follow';
import type { Progress } from '../../../lib/cli/runbook/progress';
import { UnderstudyError, type ErrorFamily } from '../../../lib/topology';
import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import { passed, switchedOver, WELL } from '../_helpers/orders';
import { resultOf } from '../_helpers/results';
import { ScriptedHost } from '../_helpers/scripted-host';
import { TestTime } from '../_helpers/test-time';

const HASH = 'c0ffee'.padEnd(64, '0');
const EVENT = { mode: 'switchover', reason: 'x', approve: HASH, runId: 'run-1' } as const;
const DONE = switchedOver(EVENT);
const FENCED = resultOf(EVENT, WELL, passed('fence'));
const UNKNOWN_RUN: RunbookResult = {
  ...{ runId: 'run-1', outcome: 'REFUSED', phase: 'start', candidates: [], timings: [], next: [] },
  findings: [{ id: 'no-such-run', severity: 'block', acceptance: 'none', accepted: false, problem: 'p', fix: 'f' }],
};

class Notes implements Progress {
  readonly seen: RunbookResult[] = [];
  readonly notes: string[] = [];
  see(result: RunbookResult): void {
    this.seen.push(result);
  }
  note(text: string): void {
    this.notes.push(text);
  }
  end(): void {
    // Nothing is drawn here.
  }
}

class Stage {
  readonly time = new TestTime(0);
  readonly progress = new Notes();
  readonly stop = new AbortController();

  follow(host: ScriptedHost, event: RunbookEvent = EVENT): Promise<RunbookResult> {
    return follow(event, { host, io: this.time, progress: this.progress, signal: this.stop.signal });
  }
}

function lost(family: ErrorFamily): UnderstudyError {
  return new UnderstudyError('lost', 'the answer was lost', { family });
}

test('meanwhile the run is looked at', async () => {
  const stage = new Stage();
  const host = new ScriptedHost(async ({ mode }) => {
    if (mode === 'status') return stage.time.now() < 6 ? UNKNOWN_RUN : FENCED;
    await stage.time.wait(12);
    return DONE;
  });
  expect(await stage.follow(host)).toBe(DONE);
  expect(host.asked).toStrictEqual([EVENT, { mode: 'status', runId: 'run-1' }, { mode: 'status', runId: 'run-1' }]);
  expect(stage.progress.seen).toStrictEqual([FENCED]);
});

test('what changes nothing, and what tells by itself, is asked once and not looked at', async () => {
  for (const [event, isRemote] of [
    [{ mode: 'plan' }, true],
    [{ mode: 'unfence', reason: 'x', target: 'a' }, true],
    [EVENT, false],
  ] as const) {
    const stage = new Stage();
    const host = new ScriptedHost(async () => {
      await stage.time.wait(20);
      return DONE;
    }, isRemote);
    expect(await stage.follow(host, event)).toBe(DONE);
    expect(host.asked).toStrictEqual([event]);
  }
});

test('an engine here tells every step', async () => {
  const stage = new Stage();
  const host = new ScriptedHost((_, { onSight }) => {
    onSight?.({ ...FENCED, waitingFor: 'dublin-a' });
    return DONE;
  }, false);
  await stage.follow(host);
  expect(stage.progress.seen).toStrictEqual([{ ...FENCED, waitingFor: 'dublin-a' }]);
});

test('it is asked again until the run is over', async () => {
  const stage = new Stage();
  const answers = [{ ...FENCED, resumeAfter: 0 }, DONE];
  const host = new ScriptedHost(({ mode }) => (mode === 'status' ? FENCED : (answers.shift() ?? DONE)));
  expect(await stage.follow(host)).toBe(DONE);
  expect(host.questions).toStrictEqual([EVENT, EVENT]);
  expect(stage.progress.notes).toStrictEqual([
    'the function understudy-orders-promote in eu-west-1: run run-1 is not over; asked again',
  ]);
});

describe('where somebody else works on it', () => {
  const held = { ...FENCED, resumeAfter: 100 };

  test('it waits for as long as it is told, and asks again', async () => {
    const stage = new Stage();
    const times: number[] = [];
    const host = new ScriptedHost(({ mode }) => {
      if (mode === 'status') return held;
      times.push(stage.time.now());
      return times.length === 1 ? held : DONE;
    });
    await stage.follow(host);
    expect(times).toStrictEqual([0, 100]);
  });

  test('it asks as soon as nobody does any more', async () => {
    const stage = new Stage();
    const times: number[] = [];
    const host = new ScriptedHost(({ mode }) => {
      if (mode === 'status') return stage.time.now() < 20 ? held : { ...FENCED, resumeAfter: 0 };
      times.push(stage.time.now());
      return times.length === 1 ? held : DONE;
    });
    await stage.follow(host);
    expect(times).toStrictEqual([0, 20]);
  });

  test('it does not ask again when the run has ended meanwhile', async () => {
    const stage = new Stage();
    const host = new ScriptedHost(({ mode }) => (mode === 'status' && stage.time.now() > 9 ? DONE : held));
    expect(await stage.follow(host)).toBe(DONE);
    expect(host.questions).toStrictEqual([EVENT]);
  });
});

describe('an answer that is lost', () => {
  test('of a run that has ended: the journal tells', async () => {
    const stage = new Stage();
    const host = new ScriptedHost(({ mode }) => {
      if (mode === 'status') return DONE;
      throw lost('unknown');
    });
    expect(await stage.follow(host)).toBe(DONE);
    expect(host.questions).toStrictEqual([EVENT]);
    expect(stage.progress.notes).toStrictEqual(['the answer was lost; looking at run run-1']);
  });

  test('of a run that goes on: it is asked again', async () => {
    const stage = new Stage();
    let questions = 0;
    const host = new ScriptedHost(({ mode }) => {
      if (mode === 'status') return { ...FENCED, resumeAfter: 0 };
      questions += 1;
      if (questions === 1) throw lost('unknown');
      return DONE;
    });
    expect(await stage.follow(host)).toBe(DONE);
    expect(host.questions).toStrictEqual([EVENT, EVENT]);
  });

  test('of a run that nobody knows: it is told, because it may have been begun', async () => {
    const host = new ScriptedHost(({ mode }) => {
      if (mode === 'status') return UNKNOWN_RUN;
      throw lost('unknown');
    });
    await expect(new Stage().follow(host)).rejects.toMatchObject({ message: 'the answer was lost' });
    expect(host.questions).toStrictEqual([EVENT]);
  });

  test('of a call that had certainly no effect: it is made again, three times', async () => {
    const host = new ScriptedHost(({ mode }) => {
      if (mode === 'status') return UNKNOWN_RUN;
      throw lost('retryable');
    });
    await expect(new Stage().follow(host)).rejects.toMatchObject({ family: 'retryable' });
    expect(host.questions).toHaveLength(4);
  });

  test('again and again: three times, then a person looks', async () => {
    const host = new ScriptedHost(({ mode }) => {
      if (mode === 'status') return { ...FENCED, resumeAfter: 0 };
      throw lost('unknown');
    });
    await expect(new Stage().follow(host)).rejects.toMatchObject({ family: 'unknown' });
    expect(host.questions).toHaveLength(4);
  });

  test.each<[string, RunbookEvent, ErrorFamily]>([
    ['what was refused', EVENT, 'refused'],
    ['a plan', { mode: 'plan' }, 'retryable'],
    ['an unfencing', { mode: 'unfence', target: 'a', reason: 'x' }, 'unknown'],
  ])('%s is asked once', async (_, event, family) => {
    const host = new ScriptedHost(() => {
      throw lost(family);
    });
    await expect(new Stage().follow(host, event)).rejects.toMatchObject({ family });
    expect(host.asked).toStrictEqual([event]);
  });
});

test('an answer that never comes is given up when two looks say that the run has ended', async () => {
  const stage = new Stage();
  const host = new ScriptedHost(({ mode }) => {
    if (mode === 'status') return stage.time.now() < 12 ? FENCED : DONE;
    return new Promise(() => undefined);
  });
  expect(await stage.follow(host)).toBe(DONE);
  expect(stage.time.now()).toBe(20);
});

test('a look that fails is no failure of the run', async () => {
  const stage = new Stage();
  const host = new ScriptedHost(async ({ mode }) => {
    if (mode === 'status') throw lost('retryable');
    await stage.time.wait(30);
    return DONE;
  });
  expect(await stage.follow(host)).toBe(DONE);
});

test('whoever gives up waiting here is not asked again', async () => {
  const stage = new Stage();
  const host = new ScriptedHost((_, { signal }) => {
    stage.stop.abort();
    expect(signal.aborted).toBe(true);
    return { ...FENCED, resumeAfter: 0 };
  }, false);
  expect((await stage.follow(host)).outcome).toBe('IN_PROGRESS');
  expect(host.asked).toStrictEqual([EVENT]);
});
