import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * The connection Prisma's schema engine migrates through. The adapter is made for queries; for
 * migrations it has rough edges that lose data or stop the engine. Each is corrected here.
 */
export class MigrationAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "@prisma/adapter-pg";
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  connect(): Promise<SqlDriverAdapter> {
    return connectCorrected(this.#url);
  }

  /** The original forgets the shadow's name when it was given a URL, and would migrate the real database. */
  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `shadow_${randomUUID().replaceAll("-", "")}`;
    await runAlone(this.#url, `CREATE DATABASE "${name}" TEMPLATE template0`);
    const shadow = await connectCorrected(withDatabase(this.#url, name));
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await runAlone(this.#url, `DROP DATABASE "${name}" WITH (FORCE)`);
    };
    return shadow;
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** One statement on a connection of its own. */
export async function runAlone(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** PostgreSQL's one-byte `"char"`, common in the catalogue and unknown to the adapter. */
const CHAR_OID = 18;
const TEXT_OID = 25;

async function connectCorrected(url: string): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const charColumns = new AsyncLocalStorage<Set<number>>();
  pool.query = new Proxy(pool.query, {
    async apply(query, self, args) {
      const result: pg.QueryArrayResult = await Reflect.apply(query, self, args);
      result.fields?.forEach((field, index) => {
        if (field.dataTypeID !== CHAR_OID) return;
        field.dataTypeID = TEXT_OID;
        charColumns.getStore()?.add(index);
      });
      return result;
    },
  });

  const adapter: SqlDriverAdapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const chars = new Set<number>();
    const result = await charColumns.run(chars, () => queryRaw(query));
    for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  // The original splits at every semicolon, inside functions and strings too, and commits piecemeal.
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (cause) {
      throw cause instanceof pg.DatabaseError ? asAdapterError(cause) : cause;
    }
  };
  return adapter;
}

function asAdapterError(error: pg.DatabaseError): DriverAdapterError {
  return new DriverAdapterError({
    kind: "postgres",
    code: error.code ?? "XX000",
    severity: error.severity ?? "ERROR",
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}
