import { useTranslation } from 'react-i18next'
import type { ReconciliationClass, ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { Money } from '../../ui/figures.tsx'

/** The classes with their sums, and all of them together. */
export function SumsTable(props: { day: ReconciliationDay; classes: readonly ReconciliationClass[] }) {
  const { t } = useTranslation()
  const { day, classes } = props
  const sum = (key: 'count' | 'hereFen' | 'upstreamFen') =>
    classes.reduce((total, one) => total + day[one][key], 0)
  return (
    <table className="sd-sheet">
      <thead>
        <tr>
          <th>{t('reconciliation.classLabel')}</th>
          <th>{t('reconciliation.count')}</th>
          <th>{t('reconciliation.here')}</th>
          <th>{t('reconciliation.upstream')}</th>
        </tr>
      </thead>
      <tbody>
        {classes.map((one) => (
          <tr key={one}>
            <th scope="row">{t(`reconciliation.class.${one}`)}</th>
            <td>{day[one].count}</td>
            <td>
              <Money fen={day[one].hereFen} />
            </td>
            <td>
              <Money fen={day[one].upstreamFen} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th>{t('reconciliation.all')}</th>
          <td>{sum('count')}</td>
          <td>
            <Money fen={sum('hereFen')} />
          </td>
          <td>
            <Money fen={sum('upstreamFen')} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
