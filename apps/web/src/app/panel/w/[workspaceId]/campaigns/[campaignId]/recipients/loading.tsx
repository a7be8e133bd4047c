export { RecipientsLoading as default } from "../../../../../../../features/recipients/recipients-loading.tsx";
