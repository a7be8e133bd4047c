const firstNames = ["Ana", "Ben", "Chloé", "Dario", "Elif", "Farid", "Grace", "Hugo", "Inés", "Jonas", "Kemi", "Léa", "Mateo", "Nadia"];
const cities = ["Dubai", "Abu Dhabi", "Sharjah", "Al Ain", "Ajman"];

/** Columns as an operator's export has them. */
export const columns = { phone: "phone", consent: "marketing_consent", fields: { first_name: "first_name", city: "city" } } as const;

/** A number of the mobile range +971 50 per row, each another one. Whoever has it is never written to: nothing leaves this process. */
const phoneOf = (row: number): string => `+97150${String(2_000_000 + row).padStart(7, "0")}`;

/** A CSV file of `rows` people, as bytes in parts of 64 KiB, the way a request body arrives. The same call gives the same file. */
export function peopleCsv(rows: number): readonly Uint8Array[] {
  const lines = Array.from({ length: rows }, (_, row) =>
    [phoneOf(row), firstNames[row % firstNames.length], cities[row % cities.length], row % 50 === 0 ? "no" : "yes"].join(","),
  );
  const bytes = Buffer.from(`${["phone,first_name,city,marketing_consent", ...lines].join("\n")}\n`);
  const partBytes = 65_536;
  return Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, part) => bytes.subarray(part * partBytes, (part + 1) * partBytes));
}
