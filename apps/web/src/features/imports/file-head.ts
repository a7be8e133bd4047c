/** Enough for the first rows of any file that can be imported; the door for a try takes twice as much. */
const headBytes = 500_000;
const newline = 0x0a;

export type FileHead = {
  readonly bytes: Blob;
  readonly isCut: boolean;
  /** Of the whole file, from the length of its first lines. */
  readonly expectedRows: number;
};

/** The beginning of a file, up to the end of a line. */
export async function readHead(file: File): Promise<FileHead> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const isCut = file.size > bytes.length;
  const end = isCut ? bytes.lastIndexOf(newline) + 1 || bytes.length : bytes.length;
  const head = bytes.subarray(0, end);
  const lines = head.reduce((count, byte) => (byte === newline ? count + 1 : count), 0);
  const perLine = lines === 0 ? end : end / lines;
  return { bytes: new Blob([head]), isCut, expectedRows: Math.max(1, Math.round(file.size / Math.max(1, perLine)) - 1) };
}
