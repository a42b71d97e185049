import { useTranslation } from 'react-i18next'
import type { Reason } from '#shared/contract/provisioning.ts'
import { NONE } from '../../app/format.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { portOfStep } from './stages.ts'

/** What a reason may leave unsaid reads as a dash, never as the name of a value. */
const NOTHING_SAID = {
  seconds: NONE,
  reply: NONE,
  status: NONE,
  port: NONE,
  minutes: NONE,
  median: NONE,
  limit: NONE,
  deviceCode: NONE,
  btName: NONE,
  by: NONE,
} as const

/** Reasons, questions and steps in words. */
export function useRunWords() {
  const { t } = useTranslation()
  const text = useCodeText()
  const unsaid = { ...NOTHING_SAID, command: t('provisioning.someCommand') }
  return {
    reason: (reason: Reason) => text('chargerReason', reason.code, { ...unsaid, ...reason.data }),
    question: (question: Reason) => text('chargerQuestion', question.code, question.data),
    step: (step: string): string => {
      const port = portOfStep(step)
      if (port !== null) return t(`provisioning.step.${testPart(step)}`, { port })
      return isPlain(step) ? t(`provisioning.step.${step}`) : step
    },
  }
}

const PLAIN = ['found', 'connected', 'profile', 'clock', 'ports', 'registered', 'labelled'] as const
const isPlain = (step: string): step is (typeof PLAIN)[number] => PLAIN.some((one) => one === step)

function testPart(step: string): 'on' | 'seen' | 'off' {
  if (step.endsWith('.on')) return 'on'
  return step.endsWith('.seen') ? 'seen' : 'off'
}
