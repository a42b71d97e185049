import type { Same } from '../key.ts'
import type { chargerQuestion as zh } from '../zh-CN/charger-question.ts'

export const chargerQuestion: Same<typeof zh> = {
  portLit: 'Is the light of port {{port}} on, and does the load charge?',
  comeCloser: 'The signal is only {{median}} dBm. Are you standing before it now?',
  switchOnAgain:
    'Port {{port}} was being switched on when the desk stopped, and is off now. Switch it on again?',
}
