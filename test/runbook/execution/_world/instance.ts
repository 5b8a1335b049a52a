import type { Server } from './server';

/** What the cloud's API says of a server. It lags behind what is. */
export interface Instance {
  readonly server: Server;
  status: string;
  /** Whom it follows, by the cloud's word. */
  source?: string;
  retention: number;
  isQuarantined: boolean;
  /** Security groups and parameters are as they were asked to be. */
  isSettled: boolean;
  isReadOnly: boolean;
  readonly tags: Set<string>;
  /** When the cloud saw that it does not run any more. */
  stoppedAt?: number;
}

export function instanceOf(server: Server, source: string | undefined, retention: number): Instance {
  return {
    server,
    status: 'available',
    ...(source === undefined ? {} : { source }),
    retention,
    isQuarantined: false,
    isSettled: true,
    isReadOnly: false,
    tags: new Set(),
  };
}
