import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CashoutRow } from '#shared/contract/cashouts.ts'
import { useWrite } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { useSite } from '../../../app/site.tsx'
import { MayButton } from '../../../app/why-not.tsx'
import { Code, Money, type Fact } from '../../../ui/figures.tsx'
import { givenOf, NO_SECOND, SecondPerson, secondOf } from '../../../ui/SecondPerson.tsx'
import { Notice } from '../../../ui/states.tsx'
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
  const mine = row.firstBy !== null && row.firstBy === hello.operator?.name
  if (row.state !== 'waiting') return null
  const close = () => setAsking(null)
  return (
    <div className="sd-actions">
      <MayButton operation="cashouts.decide" type="primary" onClick={() => setAsking('success')}>
        {t(`charging.cashouts.${PAY_KEY[voiceOf(row)]}`)}
      </MayButton>
      <MayButton operation="cashouts.decide" onClick={() => setAsking('failure')}>
        {t('charging.cashouts.fail')}
      </MayButton>
      <Decide key={asking} row={row} decision={asking} mine={mine} onClose={close} />
    </div>
  )
}

function Decide(props: { row: CashoutRow; decision: Decision | null; mine: boolean; onClose: () => void }) {
  const { row, decision, mine, onClose } = props
  const { t } = useTranslation()
  const decide = useWrite('cashouts.decide', { onSuccess: onClose })
  const money = formatMoney(row.cashFen)
  const failure = decision === 'failure'
  const words = failure ? 'fail' : 'pay'
  const other = useOther(row, mine, failure)
  const action = failure ? t('charging.cashouts.failAction') : t('charging.cashouts.payAction', { money })
  return (
    <DecisionSheet
      title={decision === null ? null : t(`charging.cashouts.${words}Title`, { money })}
      facts={factsOf(row, t)}
      above={
        row.accountChanged && !failure ? (
          <>
            <Notice tone="bad">{t('charging.cashouts.changedText')}</Notice>
            {other.form}
          </>
        ) : null
      }
      text={other.later ? t('charging.cashouts.firstText') : t(`charging.cashouts.${words}Text`)}
      action={other.later ? t('charging.cashouts.first') : action}
      danger={failure}
      {...other.lacking}
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
        decide.mutate({
          cashOutId: row.cashOutId,
          decision,
          ...(failure ? { reason } : {}),
          ...other.given,
        })
      }
      onClose={() => {
        decide.reset()
        onClose()
      }}
    />
  )
}

/** The other one of the two: here with name and PIN, or later at a screen of his own. */
function useOther(row: CashoutRow, mine: boolean, failure: boolean) {
  const { t } = useTranslation()
  const [second, setSecond] = useState(NO_SECOND)
  if (failure || !(mine || voiceOf(row) === 'first'))
    return { form: null, later: false, lacking: {}, given: {} }
  const given = givenOf(second)
  const isShort = given === 'half' || (mine && given === 'none')
  const text = t(`charging.cashouts.${mine ? 'secondMust' : 'secondMay'}`)
  return {
    form: <SecondPerson text={text} value={second} onChange={setSecond} />,
    later: !mine && given === 'none',
    lacking: { lacks: isShort ? t('common.second.half') : null },
    given: secondOf(second),
  }
}

const factsOf = (row: CashoutRow, t: TFunction): Fact[] => [
  {
    label: t('charging.manager'),
    value: <Person name={row.managerName} phone={row.manager} whole="manager" />,
  },
  { label: t('charging.cashouts.bank'), value: row.bankName },
  { label: t('charging.cashouts.bankUser'), value: row.bankUser },
  { label: t('charging.cashouts.bankCode'), value: <Code>{row.bankCode}</Code> },
  { label: t('charging.cashouts.cash'), value: <Money fen={row.cashFen} /> },
]
