import { SitedeskError } from '#shared/errors.ts'
import { useCodeText, useErrorText } from '../../app/i18n/dynamic.ts'

/** `chargerReason` of what a charger's own digit says. */
const REASON_OF_STATUS: Readonly<Record<number, string>> = {
  1: 'deviceFailure',
  2: 'timestampRejected',
  3: 'signatureRejected',
}

/** What went wrong with a charger, in an installer's words. */
export function useChargerWords() {
  const text = useCodeText()
  const errorText = useErrorText()
  return {
    failure(error: unknown): string {
      const data = (error instanceof SitedeskError ? error.data : undefined) as
        Record<string, unknown> | undefined
      const reason = data?.['reason']
      if (typeof reason !== 'string') {
        const { what, todo } = errorText(error)
        return `${what} · ${todo}`
      }
      const task = typeof data?.['task'] === 'string' ? text('chargerTask', data['task']) : ''
      return text('chargerReason', reason, { ...data, task })
    },
    refusal: (status: number, data: Record<string, unknown>) =>
      text('chargerReason', REASON_OF_STATUS[status] ?? 'unknownStatus', { ...data, status }),
    /** `connectFailed: detail` of the log */
    event(line: string): string {
      const [code = '', ...rest] = line.split(': ')
      return [text('chargerEvent', code), ...rest].join(': ')
    },
    warning: (code: string) => text('chargerWarning', code),
    task: (code: string) => text('chargerTask', code),
  }
}
