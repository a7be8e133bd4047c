export { SenderLoading as default } from "../../../../../../features/senders/senders-loading.tsx";
