import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { Tone } from '../ui/figures.tsx'

type Bluetooth = Output<'system.status'>['bluetooth']

/** How Bluetooth is in words: a radio that nobody needed yet is not in use, which is no fault. */
export function useBluetoothText() {
  const { t, i18n } = useTranslation()
  return ({ state, reason }: Bluetooth): { state: string; tone: Tone; why: string | null } => {
    const key = `radio.${reason ?? ''}.what`
    return {
      state:
        state === 'unknown' && reason === null
          ? t('chargers.status.sleeping')
          : t(`shell.status.bluetoothState.${state}`),
      tone: reason !== null ? 'attention' : state === 'ready' ? 'good' : 'neutral',
      why: i18n.exists(key) ? t(key as 'radio.failed.what') : reason,
    }
  }
}
