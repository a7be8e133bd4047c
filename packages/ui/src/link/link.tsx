"use client";
import { type ComponentProps, type ComponentType, createContext, createElement, type ReactNode, use } from "react";
import { classNames } from "../class-names.ts";
import classes from "./link.module.css";

export interface AnchorProps extends Omit<ComponentProps<"a">, "href"> {
  readonly href: string;
}
export interface LinkProps extends AnchorProps {
  /**
   * When the router may fetch the page ahead: once the link is seen (so it is by itself), or once somebody points at it. The latter for links
   * of which a page has many, to pages that bring code of their own.
   */
  readonly fetchedWhen?: "seen" | "meant";
}

const AnchorContext = createContext<ComponentType<LinkProps> | "a">("a");

/** Gives every link of this package the router's anchor (for Next: its `Link`), so that pages change without a reload. */
export function LinkProvider({ anchor, children }: { readonly anchor: ComponentType<LinkProps>; readonly children: ReactNode }) {
  return <AnchorContext value={anchor}>{children}</AnchorContext>;
}

/** A link without a look of its own; the primitives dress it. A download is no page: a router would fetch it ahead, and for nothing. */
export function PlainLink({ fetchedWhen = "seen", ...props }: LinkProps) {
  const anchor = use(AnchorContext);
  return anchor === "a" || props.download !== undefined ? <a {...props} /> : createElement(anchor, { ...props, fetchedWhen });
}

/** A link in running text. `tone="quiet"` looks like text until it is pointed at. */
export function Link({ tone = "accent", className, ...props }: LinkProps & { readonly tone?: "accent" | "quiet" }) {
  return <PlainLink {...props} data-tone={tone} className={classNames(classes.link, className)} />;
}
