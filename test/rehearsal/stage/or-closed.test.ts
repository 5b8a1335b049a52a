import { orClosed } from '../../../lib/rehearsal/stage/or-closed';

test('what was opened is closed when what is built on it fails, and stays open when not', async () => {
  let closed = 0;
  const opened = { close: () => Promise.resolve(void (closed += 1)) };
  await expect(orClosed(opened, () => Promise.resolve('built'))).resolves.toBe('built');
  expect(closed).toBe(0);
  await expect(orClosed(opened, () => Promise.reject(new Error('no port is free')))).rejects.toThrow('no port is free');
  expect(closed).toBe(1);
});
