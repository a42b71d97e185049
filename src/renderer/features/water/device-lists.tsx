import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../app/site.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { paymentColumns, readingColumns } from './HistoryPages.tsx'
import { entryColumns, entryKey, jobColumns, jobKey } from './LogPages.tsx'

const LINES = 10

export function Readings({ code }: { code: string }) {
  const { t } = useTranslation()
  const columns = useMemo(() => readingColumns(t).filter(({ key }) => key !== 'device_code'), [t])
  return (
    <ListPart
      operation="water.readings"
      label={t('water.readings.title')}
      columns={columns}
      input={() => ({ device_code: code })}
      rowKey={(row) => String(row.collected_at ?? row.raw?.['collected_at'])}
      export="water.readings"
      exportName={`${t('water.readings.title')} ${code}`}
      empty={{ what: t('water.nothing') }}
      asOf={(answer) => answer.asOf}
      lines={LINES}
    />
  )
}

export function Payments({ code }: { code: string }) {
  const { t } = useTranslation()
  const columns = useMemo(() => paymentColumns(t).filter(({ key }) => key !== 'device_code'), [t])
  return (
    <ListPart
      operation="water.payments"
      label={t('water.payments.title')}
      columns={columns}
      input={() => ({ device_code: code })}
      rowKey={(row) => `${row.user_code} ${row.collected_at ?? ''} ${row.amcount_recharged ?? ''}`}
      export="water.payments"
      exportName={`${t('water.payments.title')} ${code}`}
      empty={{ what: t('water.nothing') }}
      asOf={(answer) => answer.asOf}
      lines={LINES}
    />
  )
}

export function Jobs({ code }: { code: string }) {
  const { t } = useTranslation()
  const now = useFormat().now()
  const columns = useMemo(
    () => jobColumns(t, now).filter(({ key }) => key !== 'water_meter_number'),
    [t, now],
  )
  return (
    <ListPart
      operation="water.schedules"
      label={t('water.schedules.title')}
      columns={columns}
      input={() => ({ watcher_num: code })}
      rowKey={jobKey}
      export="water.schedules"
      exportName={`${t('water.schedules.title')} ${code}`}
      empty={{ what: t('water.nothing') }}
      asOf={(answer) => answer.asOf}
      lines={LINES}
    />
  )
}

export function Entries({ code }: { code: string }) {
  const { t } = useTranslation()
  const columns = useMemo(() => entryColumns(t).filter(({ key }) => key !== 'device_code'), [t])
  return (
    <ListPart
      operation="water.operations"
      label={t('water.operations.title')}
      columns={columns}
      input={() => ({ device_code: code })}
      rowKey={entryKey}
      export="water.operations"
      exportName={`${t('water.operations.title')} ${code}`}
      empty={{ what: t('water.nothing') }}
      asOf={(answer) => answer.asOf}
      lines={LINES}
    />
  )
}
