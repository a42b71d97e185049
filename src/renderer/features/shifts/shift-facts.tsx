import { Fragment } from 'react'
import type { TFunction } from 'i18next'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { Money, State, Time, type Fact } from '../../ui/figures.tsx'
import { STATE_TONES } from './tones.ts'

export function shiftFacts(report: ShiftReport, t: TFunction): readonly Fact[] {
  const { firstReceipt, lastReceipt } = report
  const numbers = [...new Set([firstReceipt, lastReceipt])].filter((number) => number !== null)
  return [
    { label: t('shifts.number'), value: report.number },
    { label: t('shifts.operator'), value: report.operator },
    {
      label: t('shifts.state'),
      value: <State tone={STATE_TONES[report.state]}>{t(`shifts.stateName.${report.state}`)}</State>,
    },
    { label: t('shifts.openedAt'), value: <Time at={report.openedAt} /> },
    { label: t('shifts.closedAt'), value: <Time at={report.closedAt} /> },
    ...(firstReceipt === null ? [] : [{ label: t('shifts.receipts'), value: <Numbers of={numbers} /> }]),
    ...(report.firstCountedFen === null
      ? []
      : [{ label: t('shifts.firstCounted'), value: <Money fen={report.firstCountedFen} /> }]),
    ...(report.differenceReason === null
      ? []
      : [{ label: t('shifts.differenceReason'), value: report.differenceReason }]),
    ...(report.signedBy === null
      ? []
      : [
          { label: t('shifts.signedBy'), value: report.signedBy },
          { label: t('shifts.signedAt'), value: <Time at={report.signedAt} /> },
        ]),
  ]
}

/** First and last; a number is not broken at its hyphen. */
const Numbers = ({ of }: { of: readonly string[] }) =>
  of.map((number, i) => (
    <Fragment key={number}>
      {i > 0 ? ' – ' : null}
      <span className="sd-whole">{number}</span>
    </Fragment>
  ))
