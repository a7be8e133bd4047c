import type { Metadata } from "next";
import { zonesByCountry } from "../../../../../../../../features/wizard/model/country-times.ts";
import { WhenStep } from "../../../../../../../../features/wizard/when/when-step.client.tsx";
import { wordsOf } from "../../../../../../../../words/reader.server.ts";

export const generateMetadata = (): Metadata => ({ title: wordsOf("wizard")("titles.when") });

export default function DraftWhenPage() {
  return <WhenStep zones={["UTC", ...Intl.supportedValuesOf("timeZone")]} zonesByCountry={zonesByCountry()} />;
}
