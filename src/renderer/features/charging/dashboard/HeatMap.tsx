import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChargerName } from '../Charger.tsx'
import { busiest, heatShare, heatText, mostMinutes, TOP_ROWS, type HeatRow } from './heat.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** Port × hour as a table whose cells carry both the figure and its colour: readable without seeing it too. */
export function HeatMap({ rows }: { rows: readonly HeatRow[] }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? rows : busiest(rows, TOP_ROWS)
  const most = mostMinutes(rows)
  return (
    <section className="sd-panel">
      <header className="sd-panel-head">
        <h2>{t('charging.dashboard.heat')}</h2>
        <span className="sd-quiet">{t('charging.dashboard.heatPurpose')}</span>
        <span className="sd-spring" />
        {rows.length > TOP_ROWS ? (
          <Button size="small" onClick={() => setAll(!all)}>
            {all
              ? t('charging.dashboard.heatTop', { n: TOP_ROWS })
              : t('charging.dashboard.heatAll', { n: rows.length })}
          </Button>
        ) : null}
      </header>
      <div className="cg-heat-box" tabIndex={0} role="region" aria-label={t('charging.dashboard.heat')}>
        <table className="cg-heat">
          <thead>
            <tr>
              <th scope="col">{t('charging.charger')}</th>
              {HOURS.map((hour) => (
                <th key={hour} scope="col" title={t('charging.dashboard.hour', { h: hour })}>
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <HeatLine key={`${row.deviceCode} ${row.port}`} row={row} most={most} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function HeatLine({ row, most }: { row: HeatRow; most: number }) {
  return (
    <tr>
      <th scope="row">
        <ChargerName alias={row.alias} deviceCode={row.deviceCode} port={row.port} />
      </th>
      {row.minutes.map((minutes, hour) => (
        <td key={hour} style={{ '--share': `${heatShare(minutes, most)}%` } as object}>
          {heatText(minutes)}
        </td>
      ))}
    </tr>
  )
}
