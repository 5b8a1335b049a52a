import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { builtPackage } from '../_helpers/built-package';

const REPOSITORY = resolve(__dirname, '../..');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(cwd: string, command: string, ...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function succeed(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run(cwd, command, ...args);
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Node.js looks for packages in every folder above, where one of them would stand in for what is not installed. */
function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'understudy-packed-')));
  for (let above = folder; above !== dirname(above); above = dirname(above)) {
    const packages = join(dirname(above), 'node_modules');
    if (existsSync(packages)) throw new Error(`Remove ${packages}, or point TMPDIR elsewhere.`);
  }
  return folder;
}

/** The package as `npm publish` would send it, built beside the repository so that nothing old is in it. No network. */
export class PackedPackage {
  readonly scratch = emptyFolder();
  /** What is in the tarball, relative to the package. */
  readonly files: readonly string[];
  private readonly tarball: string;

  static async make(): Promise<PackedPackage> {
    return new PackedPackage(await builtPackage());
  }

  private constructor(built: string) {
    const listing = succeed(built, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', this.scratch);
    const [packed] = JSON.parse(listing) as [{ filename: string; files: { path: string }[] }];
    this.tarball = join(this.scratch, packed.filename);
    this.files = packed.files.map(({ path }) => path);
  }

  /** A project that has installed the package, its dependencies and the given others, and nothing else. */
  installed(name: string, dependencies: readonly string[]): string {
    const project = join(this.scratch, name);
    const home = join(project, 'node_modules/db-understudy');
    mkdirSync(home, { recursive: true });
    succeed(project, 'tar', '-xzf', this.tarball, '-C', home, '--strip-components=1');
    for (const dependency of dependencies) {
      const link = join(project, 'node_modules', dependency);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(REPOSITORY, 'node_modules', dependency), link);
    }
    return project;
  }
}
