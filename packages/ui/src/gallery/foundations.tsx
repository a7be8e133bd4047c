import { Kbd } from "../kbd/kbd.tsx";
import classes from "./gallery.module.css";
import { Columns, Row, Section } from "./section.tsx";

const COLOURS = [
  "ground",
  "surface",
  "sunken",
  "hover",
  "active",
  "line-strong",
  "accent",
  "info-solid",
  "ok-solid",
  "warn-solid",
  "bad-solid",
  "scheduled-solid",
];
const SIZES = [
  ["page", "Spring sale – VIPs"],
  ["title", "What needs you"],
  ["large", "412 wait until tomorrow, 10:14"],
  ["body", "Recipients of this campaign, newest first"],
  ["small", "asked Meta 14:07:31.219"],
] as const;

export function Foundations() {
  return (
    <Section title="Foundations" note="One accent, quiet greys, four meanings, violet for what is scheduled.">
      <Row>
        {COLOURS.map((name) => (
          <span key={name} className={classes.swatch}>
            <span className={classes.colour} style={{ background: `var(--${name})` }} />
            {name}
          </span>
        ))}
      </Row>
      <Columns>
        <div className={classes.type}>
          {SIZES.map(([size, text]) => (
            <span key={size} style={{ fontSize: `var(--type-${size})`, fontWeight: size === "body" || size === "small" ? 400 : 600 }}>
              {text}
            </span>
          ))}
        </div>
        <div className={classes.type}>
          <span style={{ fontFamily: "var(--font-mono)", fontSize: "var(--type-small)" }}>wamid.HBgMMzUxOTEyMzQ1Njc4</span>
          <span>
            Keys: <Kbd keys={["⌘", "K"]} />
          </span>
        </div>
      </Columns>
    </Section>
  );
}
