export { MembersLoading as default } from "../../../../../../features/settings/settings-loading.tsx";
