import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_AGENTS, DEMO_PASSWORD, type Playground, startPlayground } from "../scripts/playground.ts";
import { freePort } from "../scripts/ports.ts";
import { ProcessGroup } from "../scripts/process-group.ts";

/** The whole product on free ports and throw-away data, as `npm run demo` starts it. */
export type Product = Playground & {
  agents: typeof DEMO_AGENTS;
  password: string;
  stop: () => Promise<void>;
};

export async function startProduct({ leads = 0 }: { leads?: number } = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "lead-inbox-e2e-"));
  chmodSync(dataDir, 0o755);
  const group = new ProcessGroup();
  const stop = async () => {
    await group.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const playground = await startPlayground({
      group,
      purpose: "demo",
      command: "the browser tests",
      dataDir,
      port: await freePort(),
      sandboxPort: await freePort(),
      leads: { first: leads, later: 0 },
    });
    return { ...playground, agents: DEMO_AGENTS, password: DEMO_PASSWORD, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
