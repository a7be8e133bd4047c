/** True when a GET answers 2xx. */
export async function answersOk(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers, signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok;
}
