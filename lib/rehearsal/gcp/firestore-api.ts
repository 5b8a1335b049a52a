import { GoogleRefusal, noSuchMethod, type GoogleApi, type GoogleRequest } from './google-service';

interface Kept {
  readonly name: string;
  readonly fields: unknown;
  readonly createTime: string;
  readonly updateTime: string;
}

interface Write {
  readonly update: { readonly name: string; readonly fields: unknown };
  readonly currentDocument?: { readonly exists?: boolean; readonly updateTime?: string };
}

/** Documents of one database of Firestore. */
export class FirestoreDocuments {
  readonly root: string;
  readonly #documents = new Map<string, Kept>();
  #writes = 0;

  constructor(project: string, database: string) {
    this.root = `projects/${project}/databases/${database}/documents`;
  }

  /** @param path below the root */
  get(path: string): Kept {
    const found = this.#documents.get(`${this.root}/${path}`);
    if (found) return found;
    throw new GoogleRefusal(404, 'NOT_FOUND', `Document "${this.root}/${path}" not found.`);
  }

  /** Those right below, by name. */
  list(collection: string): readonly Kept[] {
    const depth = `${this.root}/${collection}`.split('/').length + 1;
    return [...this.#documents.values()]
      .filter(({ name }) => name.startsWith(`${this.root}/${collection}/`) && name.split('/').length === depth)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** All or none. */
  commit(writes: readonly Write[]): unknown {
    for (const { update, currentDocument = {} } of writes) this.#check(update.name, currentDocument);
    // Of two writes no two have the same time.
    this.#writes += 1;
    const updateTime = `2030-01-01T00:00:00.${String(this.#writes).padStart(6, '0')}Z`;
    for (const { update } of writes) {
      const createTime = this.#documents.get(update.name)?.createTime ?? updateTime;
      this.#documents.set(update.name, { ...update, createTime, updateTime });
    }
    return { writeResults: writes.map(() => ({ updateTime })), commitTime: updateTime };
  }

  #check(name: string, { exists, updateTime }: NonNullable<Write['currentDocument']>): void {
    const there = this.#documents.get(name);
    if (exists === false && there) throw new GoogleRefusal(409, 'ALREADY_EXISTS', `Document already exists: ${name}`);
    if (updateTime !== undefined && there?.updateTime !== updateTime) {
      throw new GoogleRefusal(
        400,
        'FAILED_PRECONDITION',
        `the stored version does not match the required base version`,
      );
    }
  }
}

export function firestoreApi(documents: FirestoreDocuments): GoogleApi {
  return {
    name: 'firestore',
    read: (request) => {
      const path = request.path.slice('/v1/'.length);
      if (request.verb === 'POST' && path === `${documents.root}:commit`) return committing(documents, request);
      if (request.verb !== 'GET' || !path.startsWith(`${documents.root}/`)) throw noSuchMethod(request);
      const below = path
        .slice(documents.root.length + 1)
        .split('/')
        .map(decodeURIComponent)
        .join('/');
      const isCollection = below.split('/').length % 2 === 1;
      const perform = (): unknown => (isCollection ? page(documents, below, request.query) : documents.get(below));
      return { action: isCollection ? 'documents.list' : 'documents.get', resource: below, isMutating: false, perform };
    },
  };
}

function committing(documents: FirestoreDocuments, { body }: GoogleRequest) {
  const { writes } = body as { readonly writes: readonly Write[] };
  const resource = writes[0]?.update.name.slice(documents.root.length + 1) ?? '';
  return { action: 'documents.commit', resource, isMutating: true, perform: () => documents.commit(writes) };
}

function page(documents: FirestoreDocuments, collection: string, query: URLSearchParams): unknown {
  const all = documents.list(collection);
  const from = Number(query.get('pageToken') ?? 0);
  const end = from + Number(query.get('pageSize') ?? 100);
  return { documents: all.slice(from, end), ...(end < all.length ? { nextPageToken: String(end) } : {}) };
}
