import { useTranslation } from 'react-i18next'
import type { Tender } from '#shared/contract/recharge.ts'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { Code, Money, Time } from '../../ui/figures.tsx'
import { TENDERS } from '../recharge/remembered.ts'
import { KINDS } from './count.ts'
import { drawerLines } from './figures.ts'
import { Signed } from './Signed.tsx'
import { useFace } from './use-face.ts'

type Part = { readonly report: ShiftReport }

const cashFirst = (a: { tender: Tender }, b: { tender: Tender }) =>
  TENDERS.indexOf(a.tender) - TENDERS.indexOf(b.tender)

/** Takings by tender, each for itself; what has no outcome yet stands apart. */
export function TenderTable({ report }: Part) {
  const { t } = useTranslation()
  if (report.tenders.length === 0) return <p className="sd-quiet">{t('shifts.report.none')}</p>
  const waiting = report.tenders.some((row) => row.waiting > 0)
  const sum = (key: 'count' | 'amountFen' | 'waiting' | 'waitingFen') =>
    report.tenders.reduce((total, row) => total + row[key], 0)
  return (
    <table className="sd-sheet">
      <thead>
        <tr>
          <th>{t('shifts.report.tender')}</th>
          <th>{t('shifts.report.count')}</th>
          <th>{t('shifts.report.amount')}</th>
          <th>{t('shifts.report.waiting')}</th>
          <th>{t('shifts.report.waitingAmount')}</th>
        </tr>
      </thead>
      <tbody>
        {report.tenders.toSorted(cashFirst).map((row) => (
          <tr key={row.tender}>
            <th scope="row">{t(`recharge.tender.${row.tender}`)}</th>
            <td>{row.count}</td>
            <td>
              <Money fen={row.amountFen} />
            </td>
            <Waiting n={row.waiting} fen={row.waitingFen} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th>{t('shifts.report.total')}</th>
          <td>{sum('count')}</td>
          <td>
            <Money fen={sum('amountFen')} />
          </td>
          {waiting ? <Waiting n={sum('waiting')} fen={sum('waitingFen')} /> : <td colSpan={2} />}
        </tr>
      </tfoot>
    </table>
  )
}

function Waiting({ n, fen }: { n: number; fen: number }) {
  const tone = n > 0 ? 'attention' : 'neutral'
  return (
    <>
      <td className="sd-state" data-tone={tone}>
        {n}
      </td>
      <td className="sd-state" data-tone={tone}>
        <Money fen={fen} />
      </td>
    </>
  )
}

/** What the expected cash is made of. Before the count it is not shown: the count is blind. */
export function DrawerTable({ report }: Part) {
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

export function CountedTable({ report }: Part) {
  const { t } = useTranslation()
  const face = useFace()
  const { counted } = report
  if (counted === null) return <p className="sd-quiet">{t('shifts.report.countNone')}</p>
  return (
    <table className="sd-sheet">
      <thead>
        <tr>
          <th>{t('shifts.count.face')}</th>
          <th>{t('shifts.count.pieces')}</th>
          <th>{t('shifts.count.sum')}</th>
        </tr>
      </thead>
      <tbody>
        {KINDS.map((kind) => (
          <tr key={kind}>
            <th scope="row">{face(kind)}</th>
            <td>{counted[kind] ?? 0}</td>
            <td>
              <Money fen={(counted[kind] ?? 0) * kind} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th>{t('shifts.count.total')}</th>
          <td />
          <td>
            <Money fen={report.countedFen} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

export function MovementTable({ report }: Part) {
  const { t } = useTranslation()
  if (report.movements.length === 0) return <p className="sd-quiet">{t('shifts.report.movementsNone')}</p>
  return (
    <table className="sd-sheet">
      <thead>
        <tr>
          <th>{t('shifts.report.at')}</th>
          <th data-align="left">{t('shifts.report.reason')}</th>
          <th data-align="left">{t('shifts.report.by')}</th>
          <th>{t('recharge.room.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {report.movements.map((row) => (
          <tr key={row.id}>
            <td>
              <Time at={row.at} />
            </td>
            <td data-align="left" className="sd-wrap">
              {row.reason}
            </td>
            <td data-align="left">{row.operator}</td>
            <td>
              <Money fen={row.amountFen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Sales that had no outcome at the close and what became of them: beside the closed figures, never in them. */
export function LateTable({ report }: Part) {
  const { t } = useTranslation()
  if (report.late.length === 0) return <p className="sd-quiet">{t('shifts.report.lateNone')}</p>
  return (
    <>
      <p className="sd-quiet">{t('shifts.report.lateHint')}</p>
      <table className="sd-sheet">
        <thead>
          <tr>
            <th>{t('shifts.report.orderNo')}</th>
            <th data-align="left">{t('shifts.report.tender')}</th>
            <th data-align="left">{t('shifts.report.stateAtClose')}</th>
            <th data-align="left">{t('shifts.report.stateNow')}</th>
            <th>{t('shifts.report.at')}</th>
            <th>{t('recharge.room.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {report.late.map((row) => (
            <tr key={row.intentId}>
              <td>
                <Code>{row.outTradeNo}</Code>
              </td>
              <td data-align="left">{t(`recharge.tender.${row.tender}`)}</td>
              <td data-align="left">{t(`recharge.state.${row.stateAtClose}`)}</td>
              <td data-align="left">{t(`recharge.state.${row.state}`)}</td>
              <td>
                <Time at={row.at} />
              </td>
              <td>
                <Money fen={row.amountFen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
