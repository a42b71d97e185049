import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { CheckList } from './CheckList.tsx'
import { useChecks } from './use-checks.ts'

/** On Today until all is done or somebody says that the rest is not wanted. */
export function Remaining() {
  const { t } = useTranslation()
  const admin = useMay()
  const settings = useRead('settings.get', {}, { enabled: admin })
  const wanted = settings.data?.values.setup?.checklist === true
  const checks = useChecks(admin && wanted)
  const dismiss = useWrite('settings.update')
  if (!wanted || checks === null || Object.values(checks).every(Boolean)) return null
  return (
    <Panel
      title={t('setup.remaining')}
      extra={
        <Button
          size="small"
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate({ changes: { 'setup.checklist': null } })}
        >
          {t('setup.dismiss')}
        </Button>
      }
    >
      <CheckList checks={checks} only="open" />
      {dismiss.error ? <ErrorState error={dismiss.error} /> : null}
    </Panel>
  )
}
