import { Button, Input, Segmented, type InputRef } from 'antd'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tender } from '#shared/contract/values.ts'
import type { Fen } from '#shared/money.ts'
import { formatMoney } from '../../../app/format.ts'
import { amountText, QUICK_FEN, readAmount, type AmountProblem } from '../amount.ts'
import { TENDERS } from '../remembered.ts'

export interface AmountFormProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly lastFen: Fen | null
  readonly tender: Tender
  readonly onTender: (tender: Tender) => void
  readonly onAmount: (fen: Fen) => void
}

/** The amount in yuan, large; quick amounts by ↑ ↓ or a click; Enter goes on. */
export function AmountForm(props: AmountFormProps) {
  const { t } = useTranslation()
  const input = useRef<InputRef>(null)
  const [problem, setProblem] = useState<AmountProblem | null>(null)
  const choices = choicesOf(props.lastFen)
  useEffect(() => input.current?.focus({ cursor: 'all' }), [])
  const change = (text: string) => {
    setProblem(null)
    props.onText(text)
  }
  const go = () => {
    const amount = readAmount(props.text)
    if ('problem' in amount) setProblem(amount.problem)
    else props.onAmount(amount.fen)
  }
  const step = (by: number) => {
    const now = readAmount(props.text)
    const at = 'fen' in now ? choices.indexOf(now.fen) : -1
    const next = choices[at === -1 ? 0 : (at + by + choices.length) % choices.length]
    if (next !== undefined) change(amountText(next))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.repeat) go()
    else if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if (event.key !== 'Enter') return
    event.preventDefault()
  }
  return (
    <section className="sd-panel rd-amount">
      <label className="sd-field" htmlFor="recharge-amount">
        {t('recharge.amount.label')}
      </label>
      <Input
        id="recharge-amount"
        ref={input}
        className="rd-amount-box"
        prefix="¥"
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        value={props.text}
        status={problem ? 'error' : ''}
        aria-invalid={problem !== null}
        aria-describedby="recharge-amount-problem"
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span id="recharge-amount-problem" className="sd-complaint" role="alert">
        {problem ? t(`recharge.amount.${problem}`) : ''}
      </span>
      <Quick choices={choices} lastFen={props.lastFen} onPick={(fen) => change(amountText(fen))} />
      <Foot tender={props.tender} onTender={props.onTender} onNext={go} />
    </section>
  )
}

/** The room's last amount first, then the usual ones. */
function choicesOf(lastFen: Fen | null): readonly Fen[] {
  return lastFen === null || lastFen <= 0
    ? QUICK_FEN
    : [lastFen, ...QUICK_FEN.filter((fen) => fen !== lastFen)]
}

function Quick(props: { choices: readonly Fen[]; lastFen: Fen | null; onPick: (fen: Fen) => void }) {
  const { t } = useTranslation()
  return (
    <div className="rd-quick" role="group" aria-label={t('recharge.amount.quick')}>
      {props.choices.map((fen) => (
        <Button key={fen} tabIndex={-1} onClick={() => props.onPick(fen)}>
          {fen === props.lastFen
            ? t('recharge.amount.last', { amount: formatMoney(fen) })
            : `¥${amountText(fen)}`}
        </Button>
      ))}
      <kbd>↑</kbd>
      <kbd>↓</kbd>
    </div>
  )
}

function Foot(props: { tender: Tender; onTender: (tender: Tender) => void; onNext: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="rd-foot">
      <span className="rd-tender">
        <span className="sd-quiet">
          {t('recharge.tender.label')} <kbd>F2</kbd>
        </span>
        <Segmented<Tender>
          value={props.tender}
          options={TENDERS.map((value) => ({ value, label: t(`recharge.tender.${value}`) }))}
          onChange={props.onTender}
        />
      </span>
      <Button type="primary" size="large" onClick={props.onNext}>
        {t('recharge.amount.next')} <kbd>Enter</kbd>
      </Button>
    </div>
  )
}
