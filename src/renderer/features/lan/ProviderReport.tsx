import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatDay } from '#shared/time.ts'
import type { ProviderStep } from '#shared/contract/lan.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { useSite } from '../../app/site.tsx'
import { Notice } from '../../ui/states.tsx'

const ICONS = {
  good: <CheckCircleOutlined />,
  attention: <ExclamationCircleOutlined />,
  bad: <CloseCircleOutlined />,
}

type Result = Output<'lan.testProvider'>

const toneOf = ({ ok, steps }: Result) =>
  ok ? (steps.some(({ state }) => state === 'attention') ? 'attention' : 'good') : 'bad'

/** What each step found, in words that say what to do. */
export function ProviderReport({ result }: { result: Result }) {
  const { t } = useTranslation()
  const tone = toneOf(result)
  return (
    <Notice tone={tone}>
      <strong>{t(`lan.provider.result.${tone}`)}</strong>
      <Steps steps={result.steps} />
    </Notice>
  )
}

/** What is wrong with what is stored already: an ended certificate, a file that is gone. */
export function StoredTrouble({ result }: { result: Result | undefined }) {
  const { t } = useTranslation()
  const wrong = (result?.steps ?? []).filter(({ state }) => state !== 'good')
  if (wrong.length === 0) return null
  const tone = wrong.some(({ state }) => state === 'bad') ? 'bad' : 'attention'
  return (
    <Notice tone={tone}>
      <strong>{t(`lan.provider.stored.${tone}`)}</strong>
      <Steps steps={wrong} />
    </Notice>
  )
}

function Steps({ steps }: { steps: readonly ProviderStep[] }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const days = useDays()
  return (
    <ol className="sd-steps lan-steps">
      {steps.map((step) => (
        <li key={step.step} data-tone={step.state}>
          {ICONS[step.state]}
          <span>{t(`lan.provider.step.${step.step}`)}</span>
          <span>{text('lan.provider.found', step.code, days(step.data))}</span>
        </li>
      ))}
    </ol>
  )
}

/** The ends of a certificate as days. */
function useDays() {
  const { zone } = useSite()
  return (data: ProviderStep['data']) => {
    const day = (at: unknown) => (typeof at === 'number' ? formatDay(at, zone) : '')
    return data && { ...data, from: day(data['from']), until: day(data['until']) }
  }
}
