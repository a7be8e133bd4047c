const pollMs = 10;

/** Waits until the condition holds, by looking again and again. Fails with its name at the deadline: a test never sleeps for luck. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`within ${deadlineMs} ms it did not come true that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
