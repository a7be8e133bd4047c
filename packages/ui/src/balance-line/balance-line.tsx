import { CircleCheck, TriangleAlert } from "lucide-react";
import { Link } from "../link/link.tsx";
import classes from "./balance-line.module.css";

export interface BalanceTerm {
  readonly key: string;
  readonly word: string;
  readonly count: number;
  /** Where these messages are listed. */
  readonly href?: string | undefined;
  /** Set apart when it asks for someone: unclear ones, failures. */
  readonly tone?: "warn" | "bad" | undefined;
}

export interface BalanceLineProps {
  readonly label: string;
  readonly whole: BalanceTerm;
  readonly terms: readonly BalanceTerm[];
  readonly locale: string;
  /** "balances" */
  readonly balancesText: string;
  /** "12 unaccounted for": takes the signed difference, formatted. */
  readonly offByText: (difference: string) => string;
}

/** The ledger in one line: planned = the sum of what became of each. It adds up itself rather than believe that it does. */
export function BalanceLine({ label, whole, terms, locale, balancesText, offByText }: BalanceLineProps) {
  const number = new Intl.NumberFormat(locale);
  const difference = whole.count - terms.reduce((sum, term) => sum + term.count, 0);
  return (
    <p aria-label={label} role="group" className={classes.line}>
      <Term term={whole} number={number} isWhole />
      {terms.map((term, index) => (
        <span key={term.key} className={classes.part}>
          <span className={classes.sign}>{index === 0 ? "=" : "+"}</span>
          <Term term={term} number={number} />
        </span>
      ))}
      {difference === 0 ? (
        <span className={classes.verdict} data-tone="ok">
          <CircleCheck size={14} aria-hidden="true" />
          {balancesText}
        </span>
      ) : (
        <span className={classes.verdict} data-tone="bad">
          <TriangleAlert size={14} aria-hidden="true" />
          {offByText(number.format(difference))}
        </span>
      )}
    </p>
  );
}

function Term({
  term,
  number,
  isWhole = false,
}: {
  readonly term: BalanceTerm;
  readonly number: Intl.NumberFormat;
  readonly isWhole?: boolean;
}) {
  const inside = (
    <>
      <span className={classes.word}>{term.word}</span> <span className={classes.count}>{number.format(term.count)}</span>
    </>
  );
  return (
    <span
      className={classes.term}
      data-whole={isWhole || undefined}
      data-zero={term.count === 0 || undefined}
      data-tone={term.count > 0 ? term.tone : undefined}
    >
      {term.href ? (
        <Link href={term.href} tone="quiet">
          {inside}
        </Link>
      ) : (
        inside
      )}
    </span>
  );
}
