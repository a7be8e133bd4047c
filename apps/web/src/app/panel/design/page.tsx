import { Gallery } from "@herald/ui/gallery";
import type { Metadata } from "next";
import { readSession } from "../../../panel/member.ts";

export const metadata: Metadata = { title: "Design system" };

/** The living page: every primitive in each of its states. */
export default async function DesignPage() {
  await readSession();
  return <Gallery />;
}
