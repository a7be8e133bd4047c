import type { Metadata } from "next";
import { ChecksStep } from "../../../../../../../../features/wizard/checks/checks-step.client.tsx";
import { wordsOf } from "../../../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("wizard")("titles.checks") });

export default function DraftChecksPage() {
  return <ChecksStep />;
}
