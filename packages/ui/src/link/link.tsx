"use client";
import { type ComponentProps, type ComponentType, createContext, createElement, type ReactNode, use } from "react";
import { classNames } from "../class-names.ts";
import classes from "./link.module.css";

export interface AnchorProps extends Omit<ComponentProps<"a">, "href"> {
  readonly href: string;
}

const AnchorContext = createContext<ComponentType<AnchorProps> | "a">("a");

/** Gives every link of this package the router's anchor (for Next: its `Link`), so that pages change without a reload. */
export function LinkProvider({ anchor, children }: { readonly anchor: ComponentType<AnchorProps>; readonly children: ReactNode }) {
  return <AnchorContext value={anchor}>{children}</AnchorContext>;
}

/** A link without a look of its own; the primitives dress it. A download is no page: a router would fetch it ahead, and for nothing. */
export function PlainLink(props: AnchorProps) {
  return createElement(props.download === undefined ? use(AnchorContext) : "a", props);
}

/** A link in running text. `tone="quiet"` looks like text until it is pointed at. */
export function Link({ tone = "accent", className, ...props }: AnchorProps & { readonly tone?: "accent" | "quiet" }) {
  return <PlainLink {...props} data-tone={tone} className={classNames(classes.link, className)} />;
}
