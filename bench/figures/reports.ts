import writeXlsx from 'write-excel-file/node'
import type { CoreContext } from '#core/context.ts'
import { createEvents } from '#core/events.ts'
import { createJobs } from '#core/jobs/index.ts'
import { createLedger } from '#core/recharge/index.ts'
import { createReports } from '#core/reports/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { ReportTable } from '#shared/contract/reports.ts'
import { openBenchCore, type BenchCore } from '../lib/core.ts'
import { createDoor, type AnyHandlers } from '../lib/door.ts'
import { alternate, timed, type Bench } from '../lib/harness.ts'
import { bigFolder, END_S, METERS, ZONE } from '../lib/site.ts'
import { startTicker } from '../lib/ticker.ts'

const DAYS = 31
const DAY_S = 86_400
const DAY_MS = DAY_S * 1000
const XLSX_ROWS = 100_000
const XLSX_DAYS = XLSX_ROWS / METERS

/** The reports area around a store, at its door. */
async function openReports(site: BenchCore) {
  const { ports, store, meters } = site
  const ctx: CoreContext = {
    ports,
    store,
    events: createEvents(ports.log),
    options: { version: '0.0.0-bench', directory: store.directory, demo: false },
  }
  const jobs = await createJobs(ctx)
  const { handlers } = createReports(ctx, {
    jobs,
    meters,
    ledger: createLedger(ctx),
    rooms: { low: () => Promise.resolve({ total: 0, rows: [], asOf: null }) },
    water: {
      figures: { regionOf: () => new Map(), arrears: () => ({ total: 0, rows: [], asOf: null }) },
    },
    upstreams: { windowEnd: () => ctx.ports.clock.now() },
    zone: () => ZONE,
  })
  return { ctx, jobs, call: createDoor(ports, store, handlers as unknown as AnyHandlers) }
}

/** The same figures, row by row, as one statement gives them. */
const BARE = `
  SELECT m.table_no, m.place, m.house, m.user_name, d.day,
    iif(d.fell OR d.first_value < b.last_value, NULL, d.last_value - b.last_value) AS usage
  FROM daily d JOIN daily b ON b.day = d.day - 1 AND b.meter = d.meter JOIN meter m ON m.id = d.meter
  WHERE d.day >= ? AND d.day <= ?`
const BARE_PLACES = `
  SELECT m.place, d.day, sum(d.last_value - b.last_value) AS usage, count(*) AS figures
  FROM daily d JOIN daily b ON b.day = d.day - 1 AND b.meter = d.meter JOIN meter m ON m.id = d.meter
  WHERE d.day >= ? AND d.day <= ? AND NOT d.fell AND d.first_value >= b.last_value GROUP BY m.place, d.day`

/** A month of 2,000 meters: a line a meter, and a line a building. */
async function site() {
  const core = await openBenchCore(await bigFolder())
  const { jobs, call } = await openReports(core)
  const to = (END_S - DAY_S) * 1000
  const span = { from: to - DAYS * DAY_MS, to }
  const first = Math.floor((span.from + ZONE) / DAY_MS)
  const bare = core.raw.prepare(BARE)
  const barePlaces = core.raw.prepare(BARE_PLACES)
  const summary = core.raw.prepare(
    'SELECT day, meter, first_value, last_value, fell FROM daily WHERE day >= ? AND day <= ?',
  )
  const ask = (report: string) => call('reports.get', { report, ...span }) as Promise<ReportTable>
  const expected = (bare.all(first, first + DAYS - 1) as { usage: number }[]).reduce(
    (sum, r) => sum + r.usage,
    0,
  )
  for (const report of ['usage', 'places']) {
    const { total, columns } = await ask(report)
    const sum = Number(total?.[columns.findIndex(({ key }) => key === 'sum')])
    if (Math.abs(sum * 10_000 - expected) > 0.5)
      throw new Error(`${report}: ${sum} is not ${expected / 10_000}`)
  }
  const ms = await alternate(12, {
    floor: () => bare.all(first, first + DAYS - 1),
    usage: () => ask('usage'),
    read: () => summary.all(first - 1, first + DAYS - 1),
    places: () => ask('places'),
    placesFloor: () => barePlaces.all(first, first + DAYS - 1),
  })
  await jobs.close()
  await core.close()
  return ms
}

/** A report of 100,000 rows to XLSX as a job, against the library alone, which is given the same cells ready. */
async function xlsx() {
  const core = await openBenchCore(await bigFolder())
  const { ctx, jobs, call } = await openReports(core)
  const to = (END_S - DAY_S) * 1000
  const filter = { report: 'usage', layout: 'long', from: to - XLSX_DAYS * DAY_MS, to }
  const write = async () => {
    const ended = Promise.withResolvers<JobRow>()
    const stop = ctx.events.on((event) => {
      if (event.type === 'job' && event.job.endedAt !== null) ended.resolve(event.job)
    })
    const { jobId } = (await call('reports.export', { filter })) as { jobId: string }
    const { state } = await ended.promise
    stop()
    if (state !== 'done') throw new Error(`the file is ${state}`)
    return (await call('reports.exported', { jobId })) as { base64: string }
  }
  // starts the thread
  const file = await write()
  const table = (await call('reports.get', filter)) as ReportTable
  if (table.rows.length !== XLSX_ROWS || file.base64.length < XLSX_ROWS) throw new Error('rows are missing')
  const data = [table.columns.map(({ key }) => ({ value: key, type: String })), ...table.rows.map(cellsOf)]
  const blocks = startTicker()
  const ms = await timed(write)
  const { longest, longestOwn } = blocks()
  const floor = await timed(() => writeXlsx(data).toBuffer())
  await jobs.close()
  await core.close()
  return { ms, floor, block: longestOwn ?? longest }
}

const cellsOf = ([tableNo, place, house, user, day, usage, state]: ReportTable['rows'][number]) => [
  ...[tableNo, place, house, user, state].map((cell) => ({ value: String(cell), type: String, format: '@' })),
  { value: new Date(Number(day) + ZONE), type: Date, format: 'yyyy-mm-dd' },
  usage === null ? null : { value: Number(usage), type: Number, format: '0.00' },
]

export const bench: Bench = {
  name: 'reports',
  async run() {
    const ms = await site()
    const file = await xlsx()
    const most = { kind: 'most', of: 'ratio', limit: 2 } as const
    return [
      { name: 'report-usage', value: ms.usage, unit: 'ms', ratio: ms.usage / ms.floor, target: most },
      // against the summary read without what makes it usage
      { name: 'report-usage-read', value: ms.read, unit: 'ms', ratio: ms.usage / ms.read, target: null },
      {
        name: 'report-places',
        value: ms.places,
        unit: 'ms',
        ratio: ms.places / ms.placesFloor,
        target: most,
      },
      {
        name: 'report-xlsx',
        value: XLSX_ROWS / (file.ms / 1000),
        unit: 'rows/s',
        ratio: file.floor / file.ms,
        target: { kind: 'least', of: 'ratio', limit: 0.5 },
      },
      {
        name: 'report-xlsx-block',
        value: file.block,
        unit: 'ms',
        ratio: null,
        target: { kind: 'most', of: 'value', limit: 30 },
      },
    ]
  },
}
