import { useTranslation } from 'react-i18next'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { Money } from '../../ui/figures.tsx'
import { drawerLines } from './figures.ts'
import { Signed } from './Signed.tsx'

/** What the expected cash is made of. Before the count it is not shown: the count is blind. */
export function DrawerTable({ report }: { readonly report: ShiftReport }) {
  const { t } = useTranslation()
  const words = {
    float: t('shifts.float'),
    sales: t('shifts.report.cashSales'),
    in: t('shifts.cash.in'),
    out: t('shifts.cash.out'),
    refunds: t('shifts.report.refunds'),
  }
  const known = report.expectedFen !== null
  return (
    <table className="sd-sheet">
      <tbody>
        {drawerLines(report).map(({ key, fen }) => (
          <tr key={key}>
            <th scope="row">{words[key]}</th>
            <td>
              <Money fen={fen} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th>{t('shifts.expected')}</th>
          <td>{known ? <Money fen={report.expectedFen} /> : t('shifts.afterCount')}</td>
        </tr>
        {report.countedFen === null ? null : (
          <>
            <tr>
              <th>{t('shifts.counted')}</th>
              <td>
                <Money fen={report.countedFen} />
              </td>
            </tr>
            <tr>
              <th>{t('shifts.difference')}</th>
              <td>
                <Signed fen={report.differenceFen} />
              </td>
            </tr>
          </>
        )}
      </tfoot>
    </table>
  )
}
