import { UsageError } from './usage-error';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'part of the path is not a directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Why a topology file could not be read. */
export function readError(path: string, error: unknown): UsageError {
  const fix = codeOf(error) === 'EISDIR' ? 'name a file in it' : 'correct the path, or start one with understudy init';
  return new UsageError(`cannot read ${path}: ${why(error)}`, 'allowed is a topology file in YAML or JSON', fix, error);
}

/** Why a file could not be written. */
export function writeError(path: string, error: unknown): UsageError {
  if (codeOf(error) === 'EEXIST') {
    return new UsageError(
      `${path} is there already`,
      'allowed is the path of a new file',
      'choose another path, or add --force to overwrite it',
      error,
    );
  }
  return new UsageError(
    `cannot write ${path}: ${why(error)}`,
    'allowed is a file in a directory that exists and can be written',
    'correct the path',
    error,
  );
}

/** Why a folder could not be made. */
export function folderError(path: string, error: unknown): UsageError {
  // A file of that name, which nobody overwrites by a folder.
  const isFile = codeOf(error) === 'EEXIST';
  return new UsageError(
    `cannot make the folder ${path}: ${isFile ? 'there is a file of that name' : why(error)}`,
    'allowed is a folder that exists, or one in a directory that can be written',
    'correct the path',
    error,
  );
}

function why(error: unknown): string {
  const code = codeOf(error);
  return WHY[code] ?? `the system says ${code}`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'nothing more';
}
