import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatDay } from '#shared/time.ts'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../../api/queries.ts'
import { useFormat, useSite } from '../../../app/site.tsx'
import { useFilters } from '../../../ui/filters.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { EmptyState, Reading } from '../../../ui/states.tsx'
import { DayChart, DayTable, HourChart } from './Charts.tsx'
import { Devices } from './Devices.tsx'
import { Figures } from './Figures.tsx'
import { HeatMap } from './HeatMap.tsx'
import { daysOf, SPANS, type Days } from './spans.ts'
import { Todo } from './Todo.tsx'
import '../charging.css'

const EVERY_MS = 60_000

/** How the business goes: today, a week, a month. */
export function DashboardPage() {
  const { t } = useTranslation()
  const { values, set } = useFilters(['days'])
  const days = daysOf(values['days'])
  const read = useRead('orders.dashboard', { days }, { everyMs: EVERY_MS })
  return (
    <div className="sd-page">
      <PageHead
        title={t('charging.dashboard.title')}
        purpose={t('charging.dashboard.purpose')}
        actions={
          <Segmented<Days>
            aria-label={t('charging.dashboard.span')}
            value={days}
            onChange={(next) => set({ days: String(next) })}
            options={SPANS.map((value) => ({ value, label: t(`charging.dashboard.spanName.${value}`) }))}
          />
        }
      />
      <Todo />
      <Reading read={read}>{(data) => <Body data={data} days={days} />}</Reading>
    </div>
  )
}

function Body({ data, days }: { data: Output<'orders.dashboard'>; days: Days }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const format = useFormat()
  const empty = data.totals.count === 0
  return (
    <>
      <Figures totals={data.totals} before={data.before} days={days} />
      {empty ? (
        <EmptyState what={t('charging.dashboard.empty')} todo={t('charging.dashboard.emptyTodo')} />
      ) : (
        <>
          <div className="cg-columns">
            {days === 1 ? <HourChart data={data} /> : <DayChart data={data} />}
            <Devices data={data} from={formatDay(data.from, zone)} />
          </div>
          {days === 1 ? null : (
            <div className="cg-columns">
              <HourChart data={data} />
              <DayTable data={data} />
            </div>
          )}
          <HeatMap rows={data.heat} />
        </>
      )}
      <p className="sd-quiet">
        {t('charging.dashboard.asOfSpan', { from: format.date(data.from), to: format.date(data.to - 1) })}
      </p>
    </>
  )
}
