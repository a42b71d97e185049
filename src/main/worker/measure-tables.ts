import type { WorkerTasks } from '#core/ports.ts'
import { createSqlDriver } from '../adapters/sqlite.ts'

type Measured = WorkerTasks['measureTables']['output']

/** Bytes of each table with its indexes, page by page, and its rows. */
export function measureTables({ path }: WorkerTasks['measureTables']['input']): Measured {
  const db = createSqlDriver().open(path, { durable: false, readonly: true })
  try {
    db.exec('BEGIN')
    let looseBytes = 0
    const tables = db
      .statement<{ table: string; bytes: number; loose: number }>(
        `SELECT s.tbl_name AS "table", sum(d.pgsize) AS bytes, sum(d.unused) AS loose FROM dbstat('main', 1) d
         JOIN sqlite_schema s ON s.name = d.name GROUP BY s.tbl_name`,
      )
      .all()
      .map(({ table, bytes, loose }) => {
        const rows = db.statement<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`).get()?.n ?? 0
        looseBytes += loose
        return { table, rows, bytes }
      })
    // as the file is with its log moved into it
    const { own = 0, free = 0 } =
      db
        .statement<{ own: number; free: number }>(
          `SELECT c.page_count * s.page_size AS own, f.freelist_count * s.page_size AS free
           FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size s`,
        )
        .get() ?? {}
    return { ownBytes: own, freeBytes: free, looseBytes, tables }
  } finally {
    db.close()
  }
}
