export { SendersLoading as default } from "../../../../../../features/senders/senders-loading.tsx";
