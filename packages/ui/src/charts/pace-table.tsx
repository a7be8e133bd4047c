import classes from "./charts.module.css";
import type { PaceChartProps } from "./pace-chart.tsx";

/** The curve in figures: for screen readers, for copying, for those who doubt curves. */
export function PaceTable({
  points,
  summary,
  locale,
  zone,
  texts,
}: Pick<PaceChartProps, "points" | "summary" | "locale" | "zone" | "texts">) {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone: zone });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <details className={classes.details}>
      <summary>{texts.showTable}</summary>
      <div className={classes.tableFrame} tabIndex={0} role="region" aria-label={texts.showTable}>
        <table className={classes.table} aria-label={summary}>
          <thead>
            <tr>
              <th scope="col">{texts.time}</th>
              <th scope="col">{texts.perSecond}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.atMs}>
                <td>{time.format(point.atMs)}</td>
                <td>{number.format(point.perSecond)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
