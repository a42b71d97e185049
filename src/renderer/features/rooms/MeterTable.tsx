import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import { Code, Figure } from '../../ui/figures.tsx'
import { meterPath } from '../meters/paths.ts'
import { unitOf } from '../meters/words.ts'

type Meters = Output<'rooms.get'>['meters']

/** The meters of a room; a meter known elsewhere leads to its usage. */
export function MeterTable({ meters }: { meters: Meters }) {
  const { t } = useTranslation()
  if (meters.length === 0) return <p className="sd-quiet">{t('rooms.noMeters')}</p>
  return (
    <table className="sd-sheet">
      <thead>
        <tr>
          <th>{t('rooms.meterNo')}</th>
          <th data-align="left">{t('rooms.meterKind')}</th>
          <th>{t('rooms.meterReading')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {meters.map((meter) => (
          <tr key={meter.tableNo}>
            <td>
              <Code>{meter.tableNo}</Code>
            </td>
            <td data-align="left">{t(`meters.kind.${meter.kind}`)}</td>
            <td>
              <Figure value={meter.reading} unit={unitOf(meter.kind)} />
            </td>
            <td>
              {meter.meterId === null ? null : (
                <Link to={meterPath(meter.meterId)}>{t('rooms.meterPage')}</Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
