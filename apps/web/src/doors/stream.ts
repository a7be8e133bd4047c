/** Bytes of the parts, as fast as they are read. A reader that goes away ends the parts; parts that fail break the stream off. */
export function streamOf(parts: AsyncIterable<string>, onBroken: (error: unknown) => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  let isLeft = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          // the part that was under way when the reader went
          if (isLeft) return;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          onBroken(error);
          controller.error(error);
        }
      },
      async cancel() {
        isLeft = true;
        await iterator.return?.();
      },
    },
    // nothing is made before somebody reads
    { highWaterMark: 0 },
  );
}

/** The same parts, and `end` once after the last of them, however it came to be the last; also when none was ever asked for. */
export function endingWith(parts: AsyncIterable<string>, end: () => Promise<void>): AsyncIterable<string> {
  const iterator = parts[Symbol.asyncIterator]();
  let ended: Promise<void> | undefined;
  const endOnce = (): Promise<void> => (ended ??= end());
  const steps: AsyncIterator<string> = {
    async next() {
      try {
        const step = await iterator.next();
        if (step.done) await endOnce();
        return step;
      } catch (error) {
        await endOnce();
        throw error;
      }
    },
    async return() {
      try {
        await iterator.return?.();
      } finally {
        await endOnce();
      }
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => steps };
}

/** `Content-Disposition` of a download: the name as it is for browsers that know RFC 6266, in plain letters for the others. */
export function downloadOf(fileName: string): string {
  const name = fileName
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, " ")
    .trim();
  const plain = name.normalize("NFKD").replaceAll(/[^\x20-\x7e]/g, "") || "download";
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
