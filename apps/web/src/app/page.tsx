import { connection } from "next/server";
import { services } from "../container.ts";

/** What runs here, whether it runs, and where to read on. The panel takes this place. */
export default async function HomePage() {
  await connection();
  const health = await (await services()).health();
  return (
    <main>
      <h1>Herald</h1>
      <p>Durable WhatsApp campaigns. This server is {health.status}.</p>
      <ul>
        {Object.entries(health.services).map(([name, { state, latencyMs }]) => (
          <li key={name}>
            {name}: {state.replace("_", " ")}
            {latencyMs === null ? "" : ` (${latencyMs} ms)`}
          </li>
        ))}
      </ul>
      <p>Documentation: README.md, ARCHITECTURE.md and docs/ in the repository.</p>
    </main>
  );
}
