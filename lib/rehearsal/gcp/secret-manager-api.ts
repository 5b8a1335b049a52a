import { GoogleRefusal, noSuchMethod, type GoogleApi } from './google-service';

/** Secrets of one project, and their versions, newest last. */
export class GoogleSecrets {
  readonly #secrets: ReadonlyMap<string, string[]>;

  /** @param secrets values by the id of the secret */
  constructor(secrets: Readonly<Record<string, string>>) {
    this.#secrets = new Map(Object.entries(secrets).map(([id, value]) => [id, [value]]));
  }

  /** @throws GoogleRefusal */
  versions(id: string): string[] {
    const found = this.#secrets.get(id);
    if (found) return found;
    throw new GoogleRefusal(404, 'NOT_FOUND', `Secret [${id}] not found or has no versions.`);
  }

  value(id: string): string {
    return this.versions(id).at(-1) ?? '';
  }
}

export function secretManagerApi(secrets: GoogleSecrets): GoogleApi {
  return {
    name: 'secretmanager',
    read: (request) => {
      const [, name = '', id = '', action] =
        /^\/v1\/(projects\/[^/]+\/secrets\/([^/:]+))(\/versions\/latest:access|:addVersion)$/.exec(request.path) ?? [];
      if (action === ':addVersion' && request.verb === 'POST') {
        const { payload } = request.body as { readonly payload: { readonly data: string } };
        const perform = (): unknown => {
          const versions = secrets.versions(id);
          versions.push(Buffer.from(payload.data, 'base64').toString('utf8'));
          return { name: `${name}/versions/${versions.length}`, state: 'ENABLED' };
        };
        return { action: 'versions.add', resource: id, isMutating: true, perform };
      }
      if (action === undefined || request.verb !== 'GET') throw noSuchMethod(request);
      const perform = (): unknown => ({
        name: `${name}/versions/${secrets.versions(id).length}`,
        payload: { data: Buffer.from(secrets.value(id)).toString('base64') },
      });
      return { action: 'versions.access', resource: id, isMutating: false, perform };
    },
  };
}
