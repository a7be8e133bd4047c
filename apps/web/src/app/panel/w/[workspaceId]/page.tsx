import { redirect } from "next/navigation";

export default async function WorkspacePage({ params }: { readonly params: Promise<{ readonly workspaceId: string }> }): Promise<never> {
  redirect(`/panel/w/${(await params).workspaceId}/campaigns`);
}
