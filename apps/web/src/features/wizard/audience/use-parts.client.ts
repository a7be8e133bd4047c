"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useWantedAddress } from "../../../acting/use-wanted-address.client.ts";
import { useWizard } from "../frame/wizard.client.tsx";
import {
  type AudiencePart,
  type AudienceParts,
  kindOf,
  namedIds,
  type PartWords,
  type PickerKey,
  partOf,
  pickers,
} from "../model/audience-parts.ts";

/** The parts of an audience, as far as they are known: found by a search, named by the draft, or picked here before the search went on. */
export function useParts({ choices, named }: AudienceParts) {
  const { content, save } = useWizard();
  const pathname = usePathname();
  const params = useSearchParams();
  const [picked, setPicked] = useState<ReadonlyMap<string, AudiencePart>>(new Map());
  const searched: PartWords = {
    lists: choices.lists.words,
    tags: choices.tags.words,
    imports: choices.imports.words,
    notLists: choices.notLists.words,
    notTags: choices.notTags.words,
  };
  const { choose } = useWantedAddress(searched, (words) => `${pathname}${queryOf(params, words)}`);
  const find = (picker: PickerKey, id: string) => {
    const kind = kindOf[picker];
    return partOf(id, named[kind], [choices[picker].parts.find((part) => part.id === id), picked.get(`${kind} ${id}`)]);
  };
  const ids = namedIds(content.audience ?? {});
  const unread = [
    ...ids.lists.map((id) => ["lists", id] as const),
    ...ids.tags.map((id) => ["tags", id] as const),
    ...ids.imports.map((id) => ["imports", id] as const),
  ]
    .filter(([kind, id]) => find(kind, id) === "unknown")
    .join();
  useReadAnew(unread, save.kind === "saved");
  return {
    find,
    note: (picker: PickerKey, part: AudiencePart): void =>
      setPicked((before) => new Map([...before, [`${kindOf[picker]} ${part.id}`, part]])),
    search: (picker: PickerKey, words: string): void => choose((before) => ({ ...before, [picker]: words })),
  };
}

/** Parts that a colleague chose, or this tab before a reload, are asked for with the draft, once it names them. */
function useReadAnew(unread: string, isSaved: boolean): void {
  const router = useRouter();
  const asked = useRef("");
  useEffect(() => {
    if (unread === "" || !isSaved || asked.current === unread) return;
    asked.current = unread;
    router.refresh();
  }, [isSaved, router, unread]);
}

function queryOf(params: URLSearchParams, words: PartWords): string {
  const query = new URLSearchParams(params);
  for (const picker of pickers) {
    if (words[picker] === "") query.delete(picker);
    else query.set(picker, words[picker]);
  }
  return query.size === 0 ? "" : `?${query}`;
}
