/** What was left undone, as it is told to whoever signs out. */
export type LeftUndone = { readonly title: string; readonly text: string };
/** null: done, or there was nothing to do. */
type Duty = () => Promise<LeftUndone | null>;

const duties = new Set<Duty>();

/** For a screen that holds what only the signed-in person can save; the answer takes the duty back. */
export function beforeSignOut(duty: Duty): () => void {
  duties.add(duty);
  return () => void duties.delete(duty);
}

/** To be awaited while the session still stands. */
export async function doBeforeSignOut(): Promise<readonly LeftUndone[]> {
  const left = await Promise.all([...duties].map((duty) => duty()));
  return left.filter((one) => one !== null);
}
