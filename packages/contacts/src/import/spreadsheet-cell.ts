/**
 * What a spreadsheet would not leave as text when it opens a CSV file: a formula (= + - @, also in full width, also behind blanks), and numbers that it
 * rewrites: a leading zero is dropped, 12 digits and more become 9.7E+11. A telephone number is one of these, however it is written.
 */
const isRewritten = /^'*\s*(?:[=+\-@＝＋－＠]|0\d+\s*$|\d{12,}\s*$)/;

/**
 * A cell that every spreadsheet takes for text: with an apostrophe in front where it would do something else. The apostrophe is seen in the file and
 * changes nothing of what stands behind it, so `+1 416 555 0101` stays a number that can be read, mended and imported again.
 */
export const guardCell = (cell: string): string => (isRewritten.test(cell) ? `'${cell}` : cell);

/** The inverse: what stood in the cell before it was guarded. A spreadsheet's own mark for text is the same apostrophe. */
export const unguardCell = (cell: string): string => (cell.startsWith("'") && isRewritten.test(cell) ? cell.slice(1) : cell);
