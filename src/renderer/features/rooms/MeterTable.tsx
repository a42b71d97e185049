import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { Code, Figure } from '../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'
import { meterPath } from '../meters/paths.ts'
import { unitOf } from '../meters/words.ts'

type Meters = Output<'rooms.get'>['meters']

/** The meters of a room; a meter known elsewhere leads to its usage. */
export function MeterTable({ meters }: { meters: Meters }) {
  const { t } = useTranslation()
  if (meters.length === 0) return <p className="sd-quiet">{t('rooms.noMeters')}</p>
  return <SheetTable columns={columns(t)} rows={meters} rowKey={(meter) => meter.tableNo} />
}

const columns = (t: TFunction): SheetColumn<Meters[number]>[] => [
  { key: 'tableNo', title: t('rooms.meterNo'), cell: (meter) => <Code>{meter.tableNo}</Code> },
  {
    key: 'kind',
    title: t('rooms.meterKind'),
    align: 'left',
    cell: (meter) => t(`meters.kind.${meter.kind}`),
  },
  {
    key: 'reading',
    title: t('rooms.meterReading'),
    cell: (meter) => <Figure value={meter.reading} unit={unitOf(meter.kind)} />,
  },
  {
    key: 'page',
    cell: (meter) =>
      meter.meterId === null ? null : <Link to={meterPath(meter.meterId)}>{t('rooms.meterPage')}</Link>,
  },
]
