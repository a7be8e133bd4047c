"use client";
import { SearchAsTyped, type SearchAsTypedProps } from "@herald/ui/search-as-typed";
import { Search } from "lucide-react";
import { useHydrated } from "./use-hydrated.client.ts";

/** The search box of a list. What is typed before the page listens would be looked for by nobody, so it waits for that. */
export function TypedSearch(props: Omit<SearchAsTypedProps, "icon" | "disabled">) {
  const isHydrated = useHydrated();
  return <SearchAsTyped {...props} icon={<Search size={14} />} disabled={!isHydrated} />;
}
