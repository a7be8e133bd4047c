export { AuditLoading as default } from "../../../../../../features/settings/settings-loading.tsx";
