export { WhyLoading as default } from "../../../../../../../../features/recipients/recipients-loading.tsx";
