/** Writes how far each campaign has come; read back by `ReportPort.askedAt`. */
export type PaceSampler = {
  /**
   * One sample of every campaign that came further since `sinceMs`, over all workspaces; null: the caller just began to look.
   * Answers when (by the database's clock, as `sinceMs`) and how many samples were written.
   */
  readonly sample: (sinceMs: number | null) => Promise<{ readonly atMs: number; readonly written: number }>;
};
/** When this process looked last. */
export type SampleState = { lookedAtMs: number | null };
export const openSampleState = (): SampleState => ({ lookedAtMs: null });

/** Called once a second. After a look that failed the next one says since when nobody looked, so its requests are not taken for a burst. */
export async function samplePace(deps: { readonly paceSampler: PaceSampler }, state: SampleState): Promise<number> {
  const { atMs, written } = await deps.paceSampler.sample(state.lookedAtMs);
  state.lookedAtMs = atMs;
  return written;
}
