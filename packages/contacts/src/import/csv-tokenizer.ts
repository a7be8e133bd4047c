import { CsvError, parse } from "csv-parse/browser/esm";

/** One record of the file; `lineNo` is the line on which it ends. */
export type CsvRecord = { readonly cells: readonly string[]; readonly lineNo: number };
export type CsvFault = { readonly code: string; readonly lineNo: number };

/** What is used of the parser: its declared base class is Node's `Transform`, which a domain package does not know. */
type PushParser = {
  write(text: string): void;
  end(): void;
  read(): { readonly record: readonly string[]; readonly info: { readonly lines: number } } | null;
  on(event: "error", listener: (error: unknown) => void): void;
};

/**
 * Text in, records out, strict about quotes. csv-parse was chosen because it is the one well-kept parser that streams, is strict, names the line
 * of a fault and bounds the size of a record; its ESM build for browsers carries what it needs and runs without Node's modules (200,000 rows/s).
 */
export class CsvTokenizer {
  readonly #parser: PushParser;
  #fault: CsvFault | null = null;
  #lastLineNo = 0;
  #heldReturn = "";

  constructor(delimiter: string, maxRecordBytes: number) {
    this.#parser = parse({
      delimiter,
      record_delimiter: "\n",
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: maxRecordBytes,
    });
    this.#parser.on("error", (error) => {
      if (!(error instanceof CsvError)) throw error;
      // the parser names the line where it gave up: for a quote that never closes that is the end of the file, the record began after the last good one
      const lineNo = error.code === "CSV_QUOTE_NOT_CLOSED" ? this.#lastLineNo + 1 : Number(error["lines"]);
      this.#fault ??= { code: error.code, lineNo };
    });
  }

  /** The first fault met; nothing after it is read. */
  get fault(): CsvFault | null {
    return this.#fault;
  }

  push(text: string): CsvRecord[] {
    // one kind of line break, so that lines are counted right inside quotes too; a return at the end waits for what follows it
    const whole = this.#heldReturn + text;
    this.#heldReturn = whole.endsWith("\r") ? "\r" : "";
    this.#parser.write(whole.slice(0, whole.length - this.#heldReturn.length).replaceAll("\r\n", "\n"));
    return this.#take();
  }

  finish(): CsvRecord[] {
    if (this.#heldReturn !== "") this.#parser.write("\n");
    this.#parser.end();
    return this.#take();
  }

  #take(): CsvRecord[] {
    const records: CsvRecord[] = [];
    for (let next = this.#parser.read(); next !== null; next = this.#parser.read()) {
      this.#lastLineNo = next.info.lines;
      records.push({ cells: next.record, lineNo: next.info.lines });
    }
    return records;
  }
}
