import { ContactsSkeleton } from "../../../../../../features/contacts/contacts-skeleton.tsx";

export default function Loading() {
  return <ContactsSkeleton />;
}
