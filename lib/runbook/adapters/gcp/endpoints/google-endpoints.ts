import { UnderstudyError, type Topology } from '../../../../topology';
import type { GoogleEndpointSetting } from '../../../contract';
import type { Obstacle } from '../../../decision';
import type { Endpoints } from '../../../execution/ports';
import { SqlAdmin } from '../fleet/sql-admin';
import type { EndpointSurroundings, GoogleEndpoint } from './google-endpoint';
import { RecordEndpoint } from './record-endpoint';
import { SecretEndpoint } from './secret-endpoint';
import { WriteEndpoint } from './write-endpoint';

export interface GoogleEndpointsOptions extends EndpointSurroundings {
  readonly settings: readonly GoogleEndpointSetting[];
  readonly topology: Topology;
}

/** The names by which applications find the databases, as the settings of the runbook have them. */
export class GoogleEndpoints implements Endpoints {
  readonly all: readonly GoogleEndpoint[];

  /** @throws UnderstudyError `endpoint-twice` when one has two roles: it can point to one member only */
  constructor({ settings, topology, ...around }: GoogleEndpointsOptions) {
    this.all = settings.map((setting) => {
      if (setting.kind === 'record') return new RecordEndpoint(setting, around);
      if (setting.kind === 'secret') return new SecretEndpoint(setting, around);
      return new WriteEndpoint(new SqlAdmin(around.rest, around.project), topology);
    });
    const ids = this.all.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    if (twice === undefined) return;
    throw new UnderstudyError(
      'endpoint-twice',
      `${twice} is named twice in the endpoints; allowed is once; remove one`,
    );
  }

  async obstacles(): Promise<readonly Obstacle[]> {
    return (await Promise.all(this.all.map((endpoint) => endpoint.obstacles()))).flat();
  }
}
