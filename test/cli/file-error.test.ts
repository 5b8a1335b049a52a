import { readError, writeError } from '../../lib/cli/file-error';

test.each([
  [{ code: 'EACCES' }, 'cannot read a.yaml: permission is denied'],
  [{ code: 'EIO' }, 'cannot read a.yaml: the system says EIO'],
  ['no error object', 'cannot read a.yaml: the system says nothing more'],
])('%j', (error, problem) => {
  expect(readError('a.yaml', error).message).toBe(
    `${problem}; allowed is a topology file in YAML or JSON; correct the path, or start one with understudy init`,
  );
});

test('the cause is kept for --debug', () => {
  const cause = { code: 'ENOSPC' };
  expect(writeError('a.svg', cause)).toMatchObject({
    cause,
    message:
      'cannot write a.svg: the disk is full; allowed is a file in a directory that exists and can be written; correct the path',
  });
});
