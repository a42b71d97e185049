import { ReloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { Code } from '../../ui/figures.tsx'
import { NotThere } from '../../ui/NotThere.tsx'
import { ErrorState, Skeleton } from '../../ui/states.tsx'
import { CommandButtons, Protection } from './CommandButtons.tsx'
import { ComparePicker } from './ComparePicker.tsx'
import { ExplainDrawer } from './ExplainDrawer.tsx'
import { GateState, KindText, OnlineState, Removed } from './MeterBits.tsx'
import { meterFacts } from './meter-facts.tsx'
import './meters.css'
import { MeterExport } from './MeterExport.tsx'
import { ReadingsTable } from './ReadingsTable.tsx'
import { SpanBar } from './SpanBar.tsx'
import { alignSpan } from './spans.ts'
import { useFetch, type Fetching } from './use-fetch.ts'
import { useUsage, type UsageModel } from './use-usage.ts'
import { useView } from './use-view.ts'
import { UsagePanel } from './UsagePanel.tsx'
import { UsageTable } from './UsageTable.tsx'
import { moreTabs, tabsOf, useTabLabels } from './tabs.tsx'
import { unitOf } from './words.ts'

type Meter = Output<'meters.get'>

/** One meter: its history from the local data, whatever the network does. */
export function MeterPage() {
  const { t } = useTranslation()
  const { meterId = '' } = useParams()
  const meter = useRead('meters.get', { meterId }, { keepPrevious: false })
  if (meter.data) return <OneMeter key={meterId} meter={meter.data} />
  if (meter.error?.code === 'NOT_FOUND')
    return (
      <NotThere
        what={t('meters.page.notFound')}
        todo={t('meters.page.notFoundTodo')}
        action={<Link to="/meters">{t('meters.page.back')}</Link>}
      />
    )
  if (meter.error) return <ErrorState error={meter.error} retry={() => void meter.refetch()} />
  return <Skeleton lines={12} />
}

function OneMeter({ meter }: { meter: Meter }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { view, change } = useView()
  const span = alignSpan(view.span, view.bucket, format.zone)
  const fetching = useFetch(meter.id, span)
  const away = useAway(meter.source) || fetching.reason === 'offline'
  const usage = useUsage(meter, view)
  const facts = useMemo(() => meterFacts(meter, t, format), [meter, t, format])
  const unit = unitOf(meter.kind)
  const labels = useTabLabels()
  const [explained, explain] = useState<number | null>(null)
  const tab = {
    ...moreTabs(meter, view),
    usage: <UsageRows model={usage.model} unit={unit} onOpen={explain} />,
    readings: <ReadingsTable meterId={meter.id} span={view.span} unit={unit} />,
  }
  const shown = tabsOf(meter)
  return (
    <DetailPage
      title={<Code>{meter.tableNo}</Code>}
      titleText={meter.tableNo}
      purpose={[meter.place, meter.house, meter.user].filter(Boolean).join(' · ')}
      back={{ to: '/meters', label: t('meters.page.back') }}
      state={<HeaderState meter={meter} failing={away} />}
      actions={
        <>
          {meter.source === 'imr' ? <Actions meter={meter} /> : null}
          <MeterExport meter={meter} view={view} />
          <Refresh fetching={fetching} />
        </>
      }
      facts={facts}
      main={
        <>
          <div className="meter-toolbar">
            <SpanBar view={view} change={change} />
            <ComparePicker meter={meter} compare={view.compare} change={change} />
          </div>
          <UsagePanel meter={meter} usage={usage} fetching={fetching} away={away} onOpen={explain} />
          <ExplainDrawer
            meter={meter}
            bucket={usage.model?.bucket ?? view.bucket}
            at={explained}
            onClose={() => explain(null)}
          />
        </>
      }
      tabs={shown.map((key) => ({ key, label: labels[key], children: tab[key] }))}
      tab={shown.includes(view.tab) ? view.tab : 'usage'}
      onTab={(key) => change({ tab: key })}
    />
  )
}

/** What can be done to this meter now. */
function Actions({ meter }: { meter: Meter }) {
  const status = useRead('system.status', {}, { everyMs: 30_000 })
  const state = status.data?.sources.find((one) => one.source === meter.source)?.state
  return (
    <>
      <CommandButtons meters={[meter]} away={state === 'offline' || state === 'stopped'} />
      <Protection meter={meter} />
    </>
  )
}

function Refresh({ fetching }: { fetching: Fetching }) {
  const { t } = useTranslation()
  return (
    <Button
      icon={<ReloadOutlined />}
      disabled={fetching.busy}
      title={t('meters.page.refreshHint')}
      onClick={fetching.again}
    >
      {fetching.busy ? t('meters.page.refreshing') : t('meters.page.refresh')}
    </Button>
  )
}

function UsageRows(props: { model: UsageModel | null; unit: string; onOpen: (bucket: number) => void }) {
  const { model, ...rest } = props
  return model ? <UsageTable model={model} {...rest} /> : <Skeleton lines={6} />
}

/** The vendor does not answer now, whether or not something had to be asked of it for this page. */
function useAway(source: Meter['source']): boolean {
  const status = useRead('system.status', {}, { everyMs: 30_000 })
  const state = status.data?.sources.find((one) => one.source === source)?.state
  return state === 'offline' || state === 'failing' || state === 'stopped'
}

function HeaderState({ meter, failing }: { meter: Meter; failing: boolean }) {
  return (
    <span className="meter-states">
      <KindText row={meter} />
      <OnlineState row={meter} />
      <GateState row={meter} />
      <Removed row={meter} />
      <AsOf at={meter.asOf} failing={failing} />
    </span>
  )
}
