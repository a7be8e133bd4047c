import type { Address } from "@herald/kernel";

/** A template as it was frozen with the campaign: what the adapter needs to build one request. */
export type FrozenTemplate = {
  readonly name: string;
  readonly language: string;
  readonly category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  readonly parameterFormat: "positional" | "named";
  /** Hash of the approved components at freeze; a change on the provider's side pauses the campaign. */
  readonly componentsHash: string;
  readonly headerKind: "none" | "text" | "image" | "video" | "document";
};

/** One value for one placeholder. `name` is "1", "2", … for positional templates. */
export type Parameter = { readonly name: string; readonly value: string };

/** All that differs from one recipient to the next. */
export type RecipientParameters = {
  readonly body: readonly Parameter[];
  readonly header?: readonly Parameter[];
  /** Public HTTPS link of the header's media, when `headerKind` is a media kind. */
  readonly headerMediaUrl?: string;
  /** Suffix of a dynamic URL button, by button index ("0" … "9"). */
  readonly buttons?: readonly { readonly index: string; readonly urlSuffix: string }[];
};

export type OutgoingMessage = {
  readonly to: Address;
  readonly template: FrozenTemplate;
  readonly parameters: RecipientParameters;
  /** Echoed by the provider in its webhooks, at most 512 characters; names our attempt and nobody's person. */
  readonly opaqueId: string;
};

/** The credential and address of one connected number, resolved at send time, never stored in a chunk. */
export type SenderAccount = {
  readonly providerNumberId: string;
  readonly accessToken: string;
};
