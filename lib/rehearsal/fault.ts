/** What goes wrong with a call. */
export type Mishap =
  /** In the words of the service, before anything is done. */
  | { readonly kind: 'throttle' }
  /** In the words of the service, before anything is done. */
  | { readonly kind: 'access-denied' }
  /** Any other refusal, before anything is done. A status of 500 and more is one of the service's own faults. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly httpStatus: number }
  /**
   * No answer, whether or not the call was carried out.
   *
   * With `seconds`, the connection ends after so many on the cloud's clock (at once, if that is a virtual one);
   * without, it stays open until the caller gives up.
   */
  | { readonly kind: 'timeout'; readonly effect: 'before' | 'after'; readonly seconds?: number }
  /** The connection breaks at once, whether or not the call was carried out. */
  | { readonly kind: 'reset'; readonly effect: 'before' | 'after' }
  /** Carried out at once, answered late, by the cloud's clock. */
  | { readonly kind: 'slow'; readonly seconds: number }
  /** Accepted, and then the instance never leaves a status. Default: the first one that is not `available`. */
  | { readonly kind: 'stuck'; readonly status?: string }
  /** Accepted, and then it fails: the instance ends in a status that is none of those it should. */
  | { readonly kind: 'fails'; readonly status: string };

/** Which calls something happens to. What is left out matches anything. */
export interface Fault {
  readonly mishap: Mishap;
  /** `rds`, `dynamodb`, `cloudwatch`, `ssm`, `secretsmanager`, `sns` or `route53`. */
  readonly service?: string;
  readonly action?: string;
  readonly region?: string;
  /** What the call is about, as {@link ApiCall.resource} has it. */
  readonly resource?: string;
  /** The first matching call that it happens to, counted from 1. @default 1 */
  readonly call?: number;
  /** To how many calls in a row. @default 1 */
  readonly times?: number;
}

/** A call, so far as a fault asks. */
export interface FaultSubject {
  readonly service: string;
  readonly action: string;
  readonly region: string;
  readonly resource: string | undefined;
}

interface Entry {
  readonly fault: Fault;
  seen: number;
}

const asked = (wanted: string | undefined, given: string | undefined): boolean =>
  wanted === undefined || wanted === given;

/** Counts calls, so that the same calls meet the same faults every time. */
export class FaultBook {
  #entries: Entry[] = [];

  add(faults: readonly Fault[]): void {
    this.#entries.push(...faults.map((fault) => ({ fault, seen: 0 })));
  }

  clear(): void {
    this.#entries = [];
  }

  /** What happens to this call. Every fault that matches counts it; the one that was added first happens. */
  draw({ service, action, region, resource }: FaultSubject): Mishap | undefined {
    const drawn = this.#entries
      .filter(({ fault }) => asked(fault.service, service) && asked(fault.action, action))
      .filter(({ fault }) => asked(fault.region, region) && asked(fault.resource, resource))
      .filter((entry) => {
        const { call = 1, times = 1 } = entry.fault;
        entry.seen += 1;
        return entry.seen >= call && entry.seen < call + times;
      });
    return drawn[0]?.fault.mishap;
  }
}
