import type { Metadata } from "next";
import { SignIn } from "../../features/sign-in/sign-in.tsx";
import { isOwnPath } from "../../panel/sign-in-path.ts";
import { ClientWords } from "../../words/client-words.tsx";
import { wordsOf } from "../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("signIn")("title") });

export default async function SignInPage({ searchParams }: { readonly searchParams: Promise<{ readonly next?: string | string[] }> }) {
  const { next } = await searchParams;
  return (
    <ClientWords parts={["signIn"]}>
      <SignIn next={typeof next === "string" && isOwnPath(next) ? next : "/panel"} />
    </ClientWords>
  );
}
