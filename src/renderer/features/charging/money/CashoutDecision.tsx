import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CashoutRow } from '#shared/contract/cashouts.ts'
import { useWrite } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { useSite } from '../../../app/site.tsx'
import { useWhyNot } from '../../../app/why-not.tsx'
import { Code, Money } from '../../../ui/figures.tsx'
import { Notice, WithReason } from '../../../ui/states.tsx'
import { Person } from '../Phone.tsx'
import { DecisionSheet } from '../Sheet.tsx'

type Decision = 'success' | 'failure'
/** whose word it is: the only one, the first or the second of two */
type Voice = 'only' | 'first' | 'second'

const voiceOf = (row: CashoutRow): Voice => {
  if (!row.accountChanged) return 'only'
  return row.firstBy === null ? 'first' : 'second'
}

const PAY_KEY = { only: 'pay', first: 'first', second: 'second' } as const

/** Says once that it was paid or failed; to another account than the last paid one, two people say so. */
export function CashoutDecision({ row }: { row: CashoutRow }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Decision | null>(null)
  const { hello } = useSite()
  const role = useWhyNot('cashouts.decide')
  const mine = row.firstBy !== null && row.firstBy === hello.operator?.name
  if (row.state !== 'waiting') return null
  const noPay = role ?? (mine ? t('charging.cashouts.firstByYou') : null)
  const close = () => setAsking(null)
  return (
    <div className="sd-actions">
      <WithReason reason={noPay}>
        <Button type="primary" disabled={noPay !== null} onClick={() => setAsking('success')}>
          {t(`charging.cashouts.${PAY_KEY[voiceOf(row)]}`)}
        </Button>
      </WithReason>
      <WithReason reason={role}>
        <Button disabled={role !== null} onClick={() => setAsking('failure')}>
          {t('charging.cashouts.fail')}
        </Button>
      </WithReason>
      <Decide row={row} decision={asking} onClose={close} />
    </div>
  )
}

function Decide(props: { row: CashoutRow; decision: Decision | null; onClose: () => void }) {
  const { row, decision, onClose } = props
  const { t } = useTranslation()
  const decide = useWrite('cashouts.decide', { onSuccess: onClose })
  const money = formatMoney(row.cashFen)
  const failure = decision === 'failure'
  const words = failure ? 'fail' : 'pay'
  const first = !failure && voiceOf(row) === 'first'
  const action = failure ? t('charging.cashouts.failAction') : t('charging.cashouts.payAction', { money })
  return (
    <DecisionSheet
      title={decision === null ? null : t(`charging.cashouts.${words}Title`, { money })}
      facts={[
        {
          label: t('charging.manager'),
          value: <Person name={row.managerName} phone={row.manager} whole="manager" />,
        },
        { label: t('charging.cashouts.bank'), value: row.bankName },
        { label: t('charging.cashouts.bankUser'), value: row.bankUser },
        { label: t('charging.cashouts.bankCode'), value: <Code>{row.bankCode}</Code> },
        { label: t('charging.cashouts.cash'), value: <Money fen={row.cashFen} /> },
      ]}
      above={
        row.accountChanged && !failure ? (
          <Notice tone="bad">{t('charging.cashouts.changedText')}</Notice>
        ) : null
      }
      text={first ? t('charging.cashouts.firstText') : t(`charging.cashouts.${words}Text`)}
      action={first ? t('charging.cashouts.first') : action}
      danger={failure}
      {...(failure
        ? {
            reason: {
              label: t('charging.cashouts.reason'),
              hint: t('charging.cashouts.reasonHint'),
              needed: t('charging.cashouts.reasonNeeded'),
              least: 1,
            },
          }
        : {})}
      busy={decide.isPending}
      error={decide.error}
      onSure={(reason) =>
        decision !== null &&
        decide.mutate({ cashOutId: row.cashOutId, decision, ...(failure ? { reason } : {}) })
      }
      onClose={() => {
        decide.reset()
        onClose()
      }}
    />
  )
}
