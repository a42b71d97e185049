import type { TFunction } from 'i18next'
import type { Output } from '#shared/contract/index.ts'
import type { useFormat } from '../../app/site.tsx'
import { Code, Figure, Time, type Fact } from '../../ui/figures.tsx'
import { KindText, ReadAt } from './MeterBits.tsx'
import { unitOf } from './words.ts'

type Meter = Output<'meters.get'>
type Format = ReturnType<typeof useFormat>

/** What one knows of a meter beside its history. */
export function meterFacts(meter: Meter, t: TFunction, format: Format): readonly Fact[] {
  return [
    {
      label: t('meters.column.lastReading'),
      value: <Figure value={meter.lastReading} unit={unitOf(meter.kind)} />,
    },
    {
      label: t('meters.column.lastReadAt'),
      value: <ReadAt at={meter.lastReadAt} />,
    },
    {
      label: t('meters.page.held'),
      value:
        meter.firstReadAt === null
          ? t('meters.page.heldNone')
          : t('meters.page.heldSince', { day: format.full(meter.firstReadAt).slice(0, 10) }),
    },
    { label: t('meters.page.readings'), value: <Figure value={meter.readings} /> },
    { label: t('meters.column.kind'), value: <KindText row={meter} /> },
    { label: t('meters.column.typeCode'), value: meter.typeCode },
    { label: t('meters.column.place'), value: entered(meter.place, meter.vendor?.place, t) },
    { label: t('meters.column.house'), value: entered(meter.house, meter.vendor?.house, t) },
    { label: t('meters.column.user'), value: entered(meter.user, meter.vendor?.user, t) },
    { label: t('meters.column.userCode'), value: <Code>{meter.userCode}</Code> },
    { label: t('meters.column.onlineAt'), value: <Time at={meter.onlineAt} /> },
    { label: t('meters.column.name'), value: entered(meter.name, meter.vendor?.name, t) },
    { label: t('meters.column.deviceId'), value: <Code>{meter.deviceId}</Code> },
    { label: t('meters.column.project'), value: meter.project },
    ...(meter.registerDigits === undefined
      ? []
      : [{ label: t('meterImport.digits'), value: <Figure value={meter.registerDigits} /> }]),
  ]
}

/** What people entered, with what the vendor says instead. */
const entered = (value: string, vendor: string | undefined, t: TFunction) =>
  vendor === undefined || vendor === value ? (
    value
  ) : (
    <>
      {value}{' '}
      <span className="sd-quiet">
        {t('meterImport.vendor', { value: vendor === '' ? t('meterImport.vendorEmpty') : vendor })}
      </span>
    </>
  )
