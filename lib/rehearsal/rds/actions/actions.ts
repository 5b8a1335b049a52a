import type { Action } from './action';
import { createDbInstance } from './create-db-instance';
import { createDbInstanceReadReplica } from './create-db-instance-read-replica';
import { deleteDbInstance } from './delete-db-instance';
import { describeDbInstances } from './describe-db-instances';
import { describePendingMaintenanceActions } from './describe-pending-maintenance-actions';
import { modifyDbInstance } from './modify-db-instance';
import {
  copyDbParameterGroup,
  createDbParameterGroup,
  describeDbParameterGroups,
  describeDbParameters,
  modifyDbParameterGroup,
  resetDbParameterGroup,
} from './parameter-group-actions';
import { promoteReadReplica } from './promote-read-replica';
import { rebootDbInstance } from './reboot-db-instance';
import { startDbInstance, stopDbInstance } from './stop-db-instance';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './tag-actions';

/** Every action of RDS that is played, by its name on the wire. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['AddTagsToResource', addTagsToResource],
  ['CopyDBParameterGroup', copyDbParameterGroup],
  ['CreateDBInstance', createDbInstance],
  ['CreateDBInstanceReadReplica', createDbInstanceReadReplica],
  ['CreateDBParameterGroup', createDbParameterGroup],
  ['DeleteDBInstance', deleteDbInstance],
  ['DescribeDBInstances', describeDbInstances],
  ['DescribeDBParameterGroups', describeDbParameterGroups],
  ['DescribeDBParameters', describeDbParameters],
  ['DescribePendingMaintenanceActions', describePendingMaintenanceActions],
  ['ListTagsForResource', listTagsForResource],
  ['ModifyDBInstance', modifyDbInstance],
  ['ModifyDBParameterGroup', modifyDbParameterGroup],
  ['PromoteReadReplica', promoteReadReplica],
  ['RebootDBInstance', rebootDbInstance],
  ['RemoveTagsFromResource', removeTagsFromResource],
  ['ResetDBParameterGroup', resetDbParameterGroup],
  ['StartDBInstance', startDbInstance],
  ['StopDBInstance', stopDbInstance],
]);
