"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { useWantedAddress, type WantedAddress } from "../../../acting/use-wanted-address.client.ts";
import type { TemplateFilter } from "../read-templates.ts";

/** `source`: the account whose templates are shown. */
export type TemplateAddress = TemplateFilter & { readonly source: string };

/**
 * Which templates are shown stands in the address, so that a colleague who is sent it sees the same. Templates belong to an account: of a number of
 * another one others are shown, by what is looked for already; only a language is one of that account's templates.
 */
export function useTemplateAddress(shown: TemplateAddress, sourceOfSender: string | undefined): WantedAddress<TemplateAddress> {
  const pathname = usePathname();
  const params = useSearchParams();
  const address = useWantedAddress(shown, (next) => `${pathname}?${queryOf(params, next)}`);
  const { wanted, choose } = address;
  // an account that the page does not show all the same is asked for once
  const settled = useRef("");
  const pair = `${shown.source} ${sourceOfSender}`;
  useEffect(() => {
    if (settled.current === pair) return;
    settled.current = pair;
    if (sourceOfSender !== undefined && sourceOfSender !== wanted.source)
      choose((before) => ({ ...before, language: "", source: sourceOfSender }));
  }, [choose, pair, sourceOfSender, wanted.source]);
  return address;
}

/** Beside whatever else stands there; without what is as usual. */
function queryOf(params: URLSearchParams, { words, category, language, status, source }: TemplateAddress): string {
  const query = new URLSearchParams(params);
  for (const [key, value] of Object.entries({ q: words, category, language, status, source })) {
    if (value === "") query.delete(key);
    else query.set(key, value);
  }
  return query.toString();
}
