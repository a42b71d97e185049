import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { useWrite } from '../../api/queries.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { MayButton } from '../../app/why-not.tsx'

/** Compares the rooms touched, or all of them: paced, may be stopped, goes on where it stopped. */
export function RunButtons({ day }: { day: ReconciliationDay }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const run = useWrite('reconciliation.run')
  if (day.state === 'signed' || day.state === 'running') return null
  const start = (scope: ReconciliationDay['scope']) =>
    run.mutate(
      { day: day.day, scope },
      {
        onError: (error) => {
          const { what, todo } = errorText(error)
          void message.error(`${what}。${todo}`)
        },
      },
    )
  const verb = day.state === 'none' ? 'run' : day.state === 'partial' ? 'resume' : 'again'
  return (
    <>
      <MayButton
        operation="reconciliation.run"
        title={t('reconciliation.runAllHint')}
        disabled={run.isPending}
        onClick={() => start('all')}
      >
        {t('reconciliation.runAll')}
      </MayButton>
      <MayButton
        operation="reconciliation.run"
        type={day.state === 'complete' ? 'default' : 'primary'}
        loading={run.isPending}
        onClick={() => start(day.state === 'partial' ? day.scope : 'touched')}
      >
        {t(`reconciliation.${verb}`)}
      </MayButton>
    </>
  )
}
