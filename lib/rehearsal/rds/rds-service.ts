import { QueryService, type QueryAction } from '../wire/query-service';
import { ACTIONS } from './actions/actions';
import { formatArn, parseArn } from './arn';
import type { Fleet } from './fleet';

/** RDS: the control plane of a fleet. */
export function rdsService(fleet: Fleet): QueryService {
  const actions = [...ACTIONS].map(([name, action]): [string, QueryAction] => [
    name,
    { ...action, perform: (call) => action.perform({ ...call, fleet }) },
  ]);
  return new QueryService({
    profile: {
      name: 'rds',
      throttling: { code: 'Throttling', message: 'Rate exceeded' },
      denial: { code: 'AccessDenied', httpStatus: 403 },
    },
    namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
    actions: new Map(actions),
    resourceOf({ DBInstanceIdentifier: name }) {
      return name === undefined ? undefined : (parseArn(name)?.id ?? name);
    },
    deniedOn: (id, region) => formatArn({ region, account: fleet.account, kind: 'db', id: id ?? '*' }),
  });
}
