import { passwordRule } from "@herald/identity";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { services } from "../../container.ts";
import { InvitationCard } from "../../features/invitation/invitation-card.tsx";
import { ClientWords } from "../../words/client-words.tsx";
import { readZone, wordsOf } from "../../words/reader.server.ts";

/** The token stands after the `#`, which no server gets to see; the address is not told to others either. */
export const generateMetadata = (): Metadata => ({ title: wordsOf("invitation")("title"), referrer: "same-origin" });

export default async function InvitePage() {
  const { sessions, publicUrl } = await services();
  const session = await sessions.read(new Request(publicUrl, { headers: await headers() }));
  return (
    <ClientWords parts={["invitation"]}>
      <InvitationCard signedInAs={session.ok ? session.value.email : null} zone={await readZone()} rule={passwordRule} />
    </ClientWords>
  );
}
