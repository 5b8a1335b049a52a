/** Builds on what was opened. When that fails, it is closed again: nobody else could. */
export async function orClosed<T>(opened: { close(): Promise<void> }, build: () => Promise<T>): Promise<T> {
  try {
    return await build();
  } catch (error) {
    await opened.close();
    throw error;
  }
}
