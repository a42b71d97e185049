import { Button, Input, Segmented } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { usePageKey } from '../../app/keys.tsx'
import { useSite } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { ExpectedOne, type Expected } from './ExpectedOne.tsx'
import { hiddenNames, parseParameters, withTime } from './parameters.ts'
import { useLanWords, type Side } from './use-words.ts'

/** Typing asks after this pause, ms. */
const TYPING_MS = 250

/** Every signature that would be accepted for some parameters, with the credentials of a side. */
export function Calculator(props: { side?: Side; parameters?: string }) {
  const { t } = useTranslation()
  const site = useSite()
  const id = useId()
  const [side, setSide] = useState<Side>(props.side ?? 'user')
  const [text, setText] = useState(props.parameters ?? '')
  const [compared, setCompared] = useState('')
  const place = useRef<HTMLDivElement>(null)
  usePageKey('c', 'lan.requests.key.calculator', () => place.current?.querySelector('textarea')?.focus())
  const parameters = parseParameters(text)
  const asked = useLater(JSON.stringify({ side, parameters: parameters ?? [] }))
  const input = JSON.parse(asked) as { side: Side; parameters: { name: string; value: string }[] }
  const signed = useRead('lan.sign', input, { enabled: input.parameters.length > 0 })
  return (
    <div ref={place} className="lan-calculator">
      <Panel title={t('lan.requests.calculator')} purpose={t('lan.calculator.purpose')}>
        <div className="sd-stack">
          <Segmented<Side>
            aria-label={t('lan.calculator.side')}
            value={side}
            onChange={setSide}
            options={(['user', 'manager'] as const).map((value) => ({
              value,
              label: t(`lan.side.${value}`),
            }))}
          />
          <div className="sd-field">
            <label htmlFor={id}>{t('lan.calculator.parameters')}</label>
            <Input.TextArea
              id={id}
              className="lan-code"
              value={text}
              onChange={(event) => setText(event.target.value)}
              placeholder={t('lan.calculator.parametersHint')}
              autoSize={{ minRows: 4, maxRows: 10 }}
              spellCheck={false}
            />
            <Button size="small" onClick={() => setText(withTime(text, Math.floor(site.now() / 1000)))}>
              {t('lan.calculator.now')}
            </Button>
          </div>
          <Complaint parameters={parameters} />
          {signed.error ? <ErrorState error={signed.error} brief /> : null}
          {input.parameters.length > 0 && signed.data ? (
            <Results expected={signed.data.expected} compared={compared} onCompare={setCompared} />
          ) : (
            <p className="sd-quiet">{t('lan.calculator.nothing')}</p>
          )}
        </div>
      </Panel>
    </div>
  )
}

function Complaint({ parameters }: { parameters: ReturnType<typeof parseParameters> }) {
  const { t } = useTranslation()
  if (parameters === null)
    return (
      <span className="sd-complaint" role="alert">
        {t('lan.calculator.notJson')}
      </span>
    )
  const names = hiddenNames(parameters)
  return names.length === 0 ? null : (
    <Notice>{t('lan.calculator.hidden', { names: names.join(', ') })}</Notice>
  )
}

function Results(props: {
  expected: readonly Expected[]
  compared: string
  onCompare: (text: string) => void
}) {
  const { t } = useTranslation()
  const words = useLanWords()
  const { expected, compared } = props
  const given = compared.trim()
  const same = expected.find(({ value, raw }) => value === given || raw === given)
  return (
    <>
      <div className="lan-results" role="status">
        {expected.map((one) => (
          <ExpectedOne key={one.variant} one={one} />
        ))}
      </div>
      <label className="sd-field">
        <span>{t('lan.calculator.compare')}</span>
        <Input
          className="lan-code"
          value={compared}
          onChange={(event) => props.onCompare(event.target.value)}
          allowClear
        />
      </label>
      {given === '' ? null : (
        <Notice tone={same ? 'good' : 'bad'}>
          {same
            ? t('lan.calculator.same', { variant: words.variant(same.variant) })
            : t('lan.calculator.different')}
        </Notice>
      )}
    </>
  )
}

function useLater(value: string): string {
  const [later, setLater] = useState(value)
  useEffect(() => {
    if (value === later) return undefined
    const timer = setTimeout(() => setLater(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value, later])
  return later
}
