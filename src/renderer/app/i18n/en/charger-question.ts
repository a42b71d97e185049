import type { Same } from '../key.ts'
import type { chargerQuestion as zh } from '../zh-CN/charger-question.ts'

export const chargerQuestion: Same<typeof zh> = {
  portLit: 'Is the light of port {{port}} on, and does the load charge?',
  comeCloser: 'The signal is only {{median}} dBm. Are you standing before it now?',
  switchOnAgain:
    'Port {{port}} was to be switched on and nothing was answered; it says it is off. Is it dark? Then it is switched on again.',
}
