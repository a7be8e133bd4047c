import { CheckCheck, Copy, ExternalLink, FileText, Image, MapPin, Phone, Play, Reply } from "lucide-react";
import type { ReactNode } from "react";
import { formattedText } from "./formatted-text.tsx";
import classes from "./phone-preview.module.css";

export type PreviewHeader =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image" | "video"; readonly src?: string | undefined; readonly alt: string }
  | { readonly kind: "document"; readonly name: string; readonly detail?: string | undefined }
  | { readonly kind: "location"; readonly name: string };

export interface PreviewButton {
  readonly key: string;
  readonly kind: "reply" | "link" | "call" | "copy";
  readonly text: string;
}

export interface PhonePreviewProps {
  readonly label: string;
  /** Name of the sending business, as the receiver sees it. */
  readonly senderName: string;
  readonly header?: PreviewHeader | undefined;
  /** With WhatsApp's marks; variables already filled. */
  readonly body: string;
  readonly footer?: string | undefined;
  readonly buttons?: readonly PreviewButton[];
  /** "14:05" */
  readonly timeText: string;
  /** Follows the page unless told. */
  readonly theme?: "light" | "dark" | undefined;
}

const BUTTON_ICONS = { reply: Reply, link: ExternalLink, call: Phone, copy: Copy } as const;

/** The message roughly as its receiver will see it. A likeness, not a promise: phones differ. */
export function PhonePreview({ label, senderName, header, body, footer, buttons = [], timeText, theme }: PhonePreviewProps) {
  return (
    <figure aria-label={label} className={classes.phone} data-theme={theme}>
      <div className={classes.bar}>
        <span className={classes.face} aria-hidden="true">
          {senderName.slice(0, 1)}
        </span>
        {senderName}
      </div>
      <div className={classes.wall}>
        <div className={classes.bubble}>
          {header ? <Header header={header} /> : null}
          <div className={classes.body}>{formattedText(body)}</div>
          <div className={classes.foot}>
            {footer ? <span className={classes.footer}>{footer}</span> : null}
            <span className={classes.time}>
              {timeText} <CheckCheck size={14} aria-hidden="true" />
            </span>
          </div>
          {buttons.length > 0 ? (
            <ul className={classes.buttons}>
              {buttons.map((button) => {
                const Icon = BUTTON_ICONS[button.kind];
                return (
                  <li key={button.key} className={classes.button}>
                    <Icon size={14} aria-hidden="true" />
                    {button.text}
                  </li>
                );
              })}
            </ul>
          ) : null}
        </div>
      </div>
    </figure>
  );
}

function Header({ header }: { readonly header: PreviewHeader }): ReactNode {
  switch (header.kind) {
    case "text":
      return <div className={classes.headline}>{header.text}</div>;
    case "document":
      return (
        <div className={classes.document}>
          <FileText size={24} aria-hidden="true" />
          <span className={classes.documentText}>
            <span className={classes.documentName}>{header.name}</span>
            {header.detail ? <span className={classes.footer}>{header.detail}</span> : null}
          </span>
        </div>
      );
    case "location":
      return (
        <div className={classes.media}>
          <MapPin size={28} aria-hidden="true" />
          <span>{header.name}</span>
        </div>
      );
    case "image":
    case "video": {
      const Icon = header.kind === "image" ? Image : Play;
      return header.src && header.kind === "image" ? (
        // A picture of the provider or of a browser's own file: nothing for an image optimiser.
        // oxlint-disable-next-line nextjs/no-img-element -- this package does not know the framework
        <img src={header.src} alt={header.alt} className={classes.picture} />
      ) : (
        <div className={classes.media} role="img" aria-label={header.alt}>
          <Icon size={28} aria-hidden="true" />
        </div>
      );
    }
  }
}
