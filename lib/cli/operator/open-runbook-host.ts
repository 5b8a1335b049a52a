import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { RunbookSettings } from '../../runbook/contract';
import { FunctionHost } from './function-host';
import { LocalHost, type Person, type Wiring } from './local-host';
import type { OpenRunbookHost } from './runbook-host';
import { GoogleFunctionHost } from './google-function-host';
import { GOOGLE, googleSettings, type GoogleWay } from './google-way';
import { settingsOf } from './settings-of';

/**
 * @param wire gives the ports that settings lead to
 * @param google the same on Google Cloud
 */
export function openRunbookHostWith(
  wire: (settings: RunbookSettings) => Wiring,
  google: () => GoogleWay = GOOGLE,
): OpenRunbookHost {
  return async (request) => {
    if (request.project !== undefined) {
      const way = google();
      if (!request.isLocal) return new GoogleFunctionHost({ ...request, project: request.project }, way);
      const settings = await googleSettings(way, { ...request, project: request.project });
      const wiring = way.wire({ ...settings, isConnected: request.isConnected === true });
      return new LocalHost(request, wiring, thisPerson());
    }
    if (!request.isLocal) return new FunctionHost(request);
    const settings = await settingsOf(request.topology, request.region);
    // The settings tell whether the function reaches the databases, not whether this machine does.
    const wiring = wire({ ...settings, isConnected: request.isConnected === true });
    return new LocalHost(request, wiring, thisPerson());
  };
}

/** Two commands of one person on one machine are two runners. */
function thisPerson(): Person {
  const holder = `${userName()}@${hostname()} (process ${process.pid}, ${randomUUID().slice(0, 8)})`;
  return { holder, newRunId: () => randomUUID(), random: Math.random };
}

/** A container may run as a user of no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${String(process.getuid?.() ?? 'unknown')}`;
  }
}
