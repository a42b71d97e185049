import { useTranslation } from 'react-i18next'
import type { ProvisioningDevice } from '#shared/contract/provisioning.ts'
import { stagesOf } from './stages.ts'

const MARKS = { passed: '✓', failed: '✕', asking: '?', running: '', waiting: '', skipped: '–' } as const

/** One bar a charger, found → … → labelled: each part says its state by colour, sign and words. */
export function StageBar({ device }: { device: Pick<ProvisioningDevice, 'steps'> }) {
  const { t } = useTranslation()
  return (
    <ol className="run-stages">
      {stagesOf(device).map(({ stage, state, parts }) => {
        const words = `${t(`provisioning.stage.${stage}`)}: ${t(`provisioning.stageState.${state}`)}`
        return (
          <li key={stage} data-state={state} title={words}>
            <span aria-hidden>
              {MARKS[state]} {t(`provisioning.stage.${stage}`)}
              {parts && state !== 'passed' && parts.done > 0 ? ` ${parts.done}/${parts.of}` : ''}
            </span>
            <span className="run-hidden">{words}</span>
          </li>
        )
      })}
    </ol>
  )
}
