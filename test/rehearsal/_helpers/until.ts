/** Waits for something that is about to happen. */
export async function until(what: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`after ${seconds} s still not: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
