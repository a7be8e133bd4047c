import type { Metadata } from "next";
import { Sender } from "../../../../../../features/senders/sender.tsx";
import { senderInPath } from "./sender-in-path.ts";

type Props = { readonly params: Promise<{ readonly workspaceId: string; readonly senderId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { sender } = await senderInPath(params);
  return { title: sender.verifiedName || sender.displayNumber };
}

export default async function SenderPage({ params }: Props) {
  return <Sender {...(await senderInPath(params))} />;
}
