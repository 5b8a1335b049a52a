import type { Clock } from '../clock';

/** One step of something that takes time. */
export interface CourseStep {
  /** It lasts so long, and until its work is done. */
  readonly seconds: number;
  readonly work?: () => Promise<void> | undefined;
  /** Once it is over. */
  readonly then?: () => void;
}

interface Running {
  readonly steps: CourseStep[];
  /** What is done instead of all that is left, when somebody's work fails. */
  readonly fail: () => void;
  /** Milliseconds since 1970. */
  due: number;
  isWorking: boolean;
  cancel: () => void;
}

/** All that is under way: each its steps one after another, each step at its own time, whether or not anybody looks. */
export class Courses {
  readonly #clock: Clock;
  readonly #running = new Set<Running>();
  #isOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(steps: readonly CourseStep[], fail: () => void = () => undefined): void {
    const running = { steps: [...steps], fail, due: 0, isWorking: false, cancel: () => undefined };
    this.#running.add(running);
    this.#enter(running, this.#clock.now());
  }

  /** Brings everything up to the clock's time. */
  settle(): void {
    for (;;) {
      const ready = [...this.#running].filter(({ isWorking, due }) => !isWorking && due <= this.#clock.now());
      const [next] = ready.sort((a, b) => a.due - b.due);
      if (next === undefined) return;
      next.cancel();
      next.steps.shift()?.then?.();
      this.#enter(next, next.due);
    }
  }

  /** Nothing goes on any more. */
  close(): void {
    this.#isOver = true;
    for (const { cancel } of this.#running) cancel();
    this.#running.clear();
  }

  #enter(running: Running, at: number): void {
    const [step] = running.steps;
    if (step === undefined || this.#isOver) {
      this.#running.delete(running);
      return;
    }
    running.due = at + step.seconds * 1000;
    running.cancel = this.#clock.alarm(running.due, () => this.settle());
    const work = step.work?.();
    if (work === undefined) return;
    running.isWorking = true;
    work.then(
      () => this.#worked(running),
      () => this.#failed(running),
    );
  }

  #worked(running: Running): void {
    running.isWorking = false;
    // Whoever comes next begins when this one was really over.
    running.due = Math.max(running.due, this.#clock.now());
    running.cancel();
    running.cancel = this.#clock.alarm(running.due, () => this.settle());
    this.settle();
  }

  #failed(running: Running): void {
    running.cancel();
    this.#running.delete(running);
    if (!this.#isOver) running.fail();
  }
}
