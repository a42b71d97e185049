import type { ReportFilter, ReportName, ReportTable } from '#shared/contract/reports.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Jobs } from '../jobs/index.ts'
import { breather, type Meters } from '../meters/index.ts'
import type { Upstreams } from '../upstream/index.ts'
import type { Water } from '../water/index.ts'
import { dayStore } from './day-store.ts'
import { dayHandlers, dayReport } from './days.ts'
import { exportHandlers } from './export.ts'
import { arrearsReport, rechargeReport, waterArrearsReport } from './money.ts'
import type { Builder, ReportParts } from './parts.ts'
import { topReport, unusualReport } from './rank.ts'
import { successReport } from './success.ts'
import { placesReport, regionsReport, usageReport } from './usage.ts'

const BUILDERS: Readonly<Record<ReportName, Builder>> = {
  usage: usageReport,
  places: placesReport,
  regions: regionsReport,
  top: topReport,
  unusual: unusualReport,
  success: successReport,
  arrears: arrearsReport,
  waterArrears: waterArrearsReport,
  recharge: rechargeReport,
  day: dayReport,
}

interface Areas extends Pick<ReportParts, 'ledger' | 'rooms' | 'zone'> {
  readonly water: Pick<Water, 'figures'>
  readonly upstreams: Pick<Upstreams, 'windowEnd'>
  readonly meters: Pick<Meters, 'figures'>
  readonly jobs: Pick<Jobs, 'register' | 'start'>
}

/** Numbers for the office: tables of meters and money, days that stay as they were handed on (features §3.6). */
export function createReports(
  ctx: CoreContext,
  { meters, jobs, upstreams, ledger, rooms, zone, water }: Areas,
): { handlers: AreaHandlers<'reports'> } {
  const parts: ReportParts = {
    ctx,
    ledger,
    rooms,
    zone,
    water: water.figures,
    breathe: breather(ctx.ports.clock),
    figures: meters.figures,
    days: dayStore(ctx.store.site),
    windowEnd: (source) => upstreams.windowEnd(source),
  }
  const build = async (filter: ReportFilter): Promise<ReportTable> => BUILDERS[filter.report](parts, filter)
  return {
    handlers: {
      ...dayHandlers(parts),
      ...exportHandlers({ ...parts, build }, jobs),
      'reports.get': (_, filter) => build(filter),
      'reports.places': () => ({ places: parts.figures.places() }),
    },
  }
}
