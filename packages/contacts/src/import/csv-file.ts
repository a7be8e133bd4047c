import { err, ok, type Result } from "@herald/kernel";
import { type CsvFault, CsvTokenizer } from "./csv-tokenizer.ts";
import { decodeText } from "./decode-text.ts";
import { type CsvProblem, importLimits, malformed, unclosedQuote } from "./problems.ts";
import { unguardCell } from "./spreadsheet-cell.ts";

/** A row below the header; row 1 is the first. Blank lines are no rows. */
export type CsvRow = { readonly rowNo: number; readonly cells: readonly string[] };
export type CsvFile = {
  readonly headers: readonly string[];
  readonly delimiter: string;
  readonly rows: AsyncGenerator<Result<CsvRow, CsvProblem>>;
};

const delimiters = [",", ";", "\t"] as const;
const noRows = malformed(1, "The file has a header and no rows.", "Add one row per person below the header.");
const noHeader = malformed(1, "The file has no header row.", "Put the names of the columns into the first line.");

/** Reads up to the first row; the others come as they are asked for, and nothing but the current part of the file is held. */
export async function openCsv(content: AsyncIterable<Uint8Array | string>): Promise<Result<CsvFile, CsvProblem>> {
  let delimiter = ",";
  const rows = readRows(content, (found) => {
    delimiter = found;
  });
  const first = await rows.next();
  if (first.done) return err(noHeader);
  if (!first.value.ok) return first.value;
  const headers = first.value.value.cells.map((header) => unguardCell(header.trim()).trim());
  if (headers.length > importLimits.columns)
    return err({ type: "import_too_large", limit: "columns", max: importLimits.columns, lineNo: 1 });
  const firstRow = await rows.next();
  return firstRow.done ? err(noRows) : ok({ headers, delimiter, rows: from(firstRow.value, rows) });
}

async function* from<Item>(first: Item, rest: AsyncGenerator<Item>): AsyncGenerator<Item> {
  yield first;
  yield* rest;
}

/** The header as row 0, then the rows. A problem is the last thing that comes. */
async function* readRows(
  content: AsyncIterable<Uint8Array | string>,
  onDelimiter: (delimiter: string) => void,
): AsyncGenerator<Result<CsvRow, CsvProblem>> {
  const tokenizerFor = (headerLine: string): CsvTokenizer => {
    const delimiter = delimiterOf(headerLine);
    onDelimiter(delimiter);
    return new CsvTokenizer(delimiter, importLimits.rowBytes);
  };
  const head = new HeaderLine();
  let tokenizer: CsvTokenizer | null = null;
  let rowNo = 0;
  for await (const part of decodeText(content)) {
    if (!part.ok) return yield part;
    const text: string | null = tokenizer === null ? head.push(part.value) : part.value;
    if (text === null) continue;
    tokenizer ??= tokenizerFor(head.line);
    for (const { cells } of tokenizer.push(text)) yield ok({ rowNo: rowNo++, cells });
    if (tokenizer.fault) return yield err(problemOf(tokenizer.fault));
  }
  const rest = tokenizer === null ? head.text : "";
  tokenizer ??= tokenizerFor(head.text);
  for (const { cells } of [...tokenizer.push(rest), ...tokenizer.finish()]) yield ok({ rowNo: rowNo++, cells });
  if (tokenizer.fault) yield err(problemOf(tokenizer.fault));
}

/** Gathers text until the first line that is not blank is whole, looking at each character once. */
class HeaderLine {
  text = "";
  line = "";
  #scanned = 0;
  #isQuoted = false;

  /** All text so far once the line is whole, or too long to be one; null before. */
  push(part: string): string | null {
    this.text += part;
    for (; this.#scanned < this.text.length; this.#scanned += 1) {
      const character = this.text[this.#scanned];
      if (character === '"') this.#isQuoted = !this.#isQuoted;
      if (character !== "\n" || this.#isQuoted) continue;
      this.line = this.text.slice(0, this.#scanned).trim();
      if (this.line !== "") return this.text;
    }
    if (this.text.length <= importLimits.rowBytes) return null;
    this.line = this.text;
    return this.text;
  }
}

/** The separator that the header uses most, outside quotes; a comma for a single column. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, "");
  const uses = delimiters.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return uses.reduce((most, next) => (next.count > most.count ? next : most)).delimiter;
}

function problemOf(fault: CsvFault): CsvProblem {
  switch (fault.code) {
    case "CSV_MAX_RECORD_SIZE":
      return { type: "import_too_large", limit: "row_bytes", max: importLimits.rowBytes, lineNo: fault.lineNo };
    case "CSV_QUOTE_NOT_CLOSED":
      return unclosedQuote(fault.lineNo);
    case "CSV_INVALID_CLOSING_QUOTE":
      return malformed(fault.lineNo, "Text follows a closing quote.", 'Write a quote inside a quoted cell as "".');
    case "INVALID_OPENING_QUOTE":
      return malformed(
        fault.lineNo,
        "A quote stands inside a cell that is not quoted.",
        'Quote the whole cell and write the inner quote as "".',
      );
    default:
      return malformed(fault.lineNo, `The line is not valid CSV (${fault.code}).`, "Export the file again as CSV with a header row.");
  }
}
