import classes from "./settings.module.css";

/** The heading line of a table of people. `isWide`: left out where there is no room; the last column stands at the end. */
export function TableHead({ columns }: { readonly columns: readonly { readonly text: string; readonly isWide?: boolean }[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ text, isWide = false }, index) => (
          <th key={text} scope="col" className={isWide ? classes.wideOnly : index === columns.length - 1 ? classes.end : undefined}>
            {text}
          </th>
        ))}
      </tr>
    </thead>
  );
}
