import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { SitedeskError } from '#shared/errors.ts'
import { useClient } from '../../../api/client.ts'
import { useWrite } from '../../../api/queries.ts'
import { COMMAND_TIMEOUT_MS } from '../../chargers/timeouts.ts'
import { chargerText } from '../Charger.tsx'
import type { Zombie } from './proposal.ts'

const SLOW = { timeoutMs: COMMAND_TIMEOUT_MS }

/** What is done to the charger itself: ask for its ports, switch one off. */
export function useRadioFix(row: Zombie, onFixed: () => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const read = useWrite('chargers.read', SLOW)
  const off = usePowerOff(row)
  const about = { charger: chargerText(row.alias, row.deviceCode), port: row.port }
  const readPorts = () =>
    read.mutate(
      { name: row.btName },
      {
        onSuccess: ({ ports }) => {
          const says = ports.find(({ port }) => port === row.port)?.state ?? 'unknown'
          const state = t(`charging.ports.portState.${says}`)
          void message.info(t('charging.abnormal.readSays', { ...about, state }))
          onFixed()
        },
      },
    )
  const powerOff = (done: () => void) =>
    off.mutate(undefined, {
      onSuccess: () => {
        void message.info(t('charging.abnormal.poweredOff', about))
        done()
        onFixed()
      },
    })
  return { about, read, off, readPorts, powerOff }
}

/** An answer other than 0 is a refusal of the charger, not an end. */
function usePowerOff({ btName: name, port }: Zombie) {
  const client = useClient()
  return useMutation({
    mutationFn: async () => {
      const { status } = await client.call('chargers.command', { name, command: 'POWEROFF', port }, SLOW)
      if (status !== 0) throw new SitedeskError('CHARGER_REFUSED', 'The charger said no.', { status })
    },
  })
}
