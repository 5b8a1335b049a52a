import { GoogleRefusal, noSuchMethod, type GoogleAction, type GoogleApi, type GoogleRequest } from '../google-service';
import { patchInstance, type InstancePatch } from './patch-instance';
import { promoteReplica, switchover } from './promotions';
import { renderInstance } from './render-instance';
import type { SqlInstances } from './sql-instances';

type Perform = (fleet: SqlInstances, name: string, request: GoogleRequest, fails?: string) => unknown;

const POSTED: Readonly<Record<string, Perform>> = {
  promoteReplica: (fleet, name, { query }, fails) =>
    promoteReplica(fleet, name, { isFailover: query.get('failover') === 'true', fails }),
  switchover: (fleet, name, { query }, fails) =>
    switchover(fleet, name, { patience: Number.parseFloat(query.get('dbTimeout') ?? '600s'), fails }),
  restart: (fleet, name, _, fails) => {
    const instance = fleet.get(name);
    return fleet.begin(name, 'RESTART', {
      ...{ seconds: fleet.times.restart, effect: () => undefined, fails },
      work: () => fleet.backend.carryOut({ kind: 'restart', instance }),
    });
  },
};

/** The Cloud SQL Admin API, version 1. */
export function sqlAdminApi(fleet: SqlInstances): GoogleApi {
  return { name: 'sqladmin', read: (request) => actionOf(fleet, request) };
}

function actionOf(fleet: SqlInstances, request: GoogleRequest): GoogleAction {
  const [, project, kind, rawName = '', verb] =
    /^\/v1\/projects\/([^/]+)\/(instances|operations)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(request.path) ?? [];
  const name = decodeURIComponent(rawName);
  if (project !== fleet.project) throw new GoogleRefusal(403, 'notAuthorized', `no project ${project ?? ''}`);
  if (kind === 'operations') return listOperations(fleet, request);
  const at = fleet.find(name)?.region;
  const region = at === undefined ? {} : { region: at };
  const mutating = (action: string, perform: (fails?: string) => unknown): GoogleAction => ({
    ...{ action: `instances.${action}`, resource: name, isMutating: true, ...region },
    perform: () => perform(),
    performFailing: perform,
  });
  if (request.verb === 'GET' && verb === undefined) {
    const perform = (): unknown => renderInstance(fleet, fleet.get(name));
    return { action: 'instances.get', resource: name, isMutating: false, ...region, perform };
  }
  if (request.verb === 'PATCH' && verb === undefined) {
    return mutating('patch', (fails) => patchInstance(fleet, name, request.body as InstancePatch, fails));
  }
  if (request.verb === 'POST' && rawName === '') return inserting(fleet, request);
  const perform = verb === undefined ? undefined : POSTED[verb];
  if (request.verb !== 'POST' || verb === undefined || perform === undefined) throw noSuchMethod(request);
  return mutating(verb, (fails) => perform(fleet, name, request, fails));
}

function listOperations(fleet: SqlInstances, { query }: GoogleRequest): GoogleAction {
  const name = query.get('instance') ?? '';
  const at = fleet.find(name)?.region;
  return {
    ...{ action: 'operations.list', resource: name, isMutating: false, ...(at === undefined ? {} : { region: at }) },
    perform: () => {
      fleet.get(name);
      const own = fleet.operations.filter(({ targetId }) => targetId === name).toReversed();
      return { kind: 'sql#operationsList', items: own.slice(0, Number(query.get('maxResults') ?? 100)) };
    },
  };
}

interface Insertion {
  readonly name: string;
  readonly region: string;
  readonly masterInstanceName: string;
  readonly databaseVersion?: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A replica: of whom it was made shows at once, and it runs when the operation is over. */
function inserting(fleet: SqlInstances, { body }: GoogleRequest): GoogleAction {
  const { name, region, masterInstanceName, settings } = body as Insertion;
  const perform = (fails?: string): unknown => {
    fleet.get(masterInstanceName);
    if (fleet.find(name))
      throw new GoogleRefusal(409, 'instanceAlreadyExists', 'The Cloud SQL instance already exists.');
    const made = fleet.add({ name, region, follows: masterInstanceName });
    made.state = 'PENDING_CREATE';
    Object.assign(made.settings, settings);
    return fleet.begin(name, 'CREATE_REPLICA', {
      ...{ seconds: fleet.times.replicaCreation, fails },
      work: () => fleet.backend.carryOut({ kind: 'replicate', instance: made, source: fleet.get(masterInstanceName) }),
      effect: () => {
        made.state = 'RUNNABLE';
        fleet.adopt(made);
      },
    });
  };
  return {
    ...{ action: 'instances.insert', resource: name, isMutating: true, region },
    perform: () => perform(),
    performFailing: perform,
  };
}
