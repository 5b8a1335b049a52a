#!/usr/bin/env node
import { processIo, run } from '../lib/cli';

// `understudy schema | head` closes the pipe early, and means it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));

void run(process.argv.slice(2), processIo(process)).then((code) => {
  process.exitCode = code;
  // Who was interrupted waits for nothing that is still on its way.
  if (code === 130) process.exit();
});
