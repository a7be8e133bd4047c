import { ContactSkeleton } from "../../../../../../features/contacts/contacts-skeleton.tsx";

export default function Loading() {
  return <ContactSkeleton />;
}
