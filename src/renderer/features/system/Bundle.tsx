import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { downloadBlob } from '../../ui/download.ts'
import { ErrorState, WithReason } from '../../ui/states.tsx'

/** One redacted file for support. */
export function Bundle() {
  const { t } = useTranslation()
  const admin = useMay()
  const make = useWrite('system.diagnostics', {
    onSuccess: (made) => downloadBlob(made.name, new Blob([made.json], { type: 'application/json' })),
  })
  const reason = admin ? null : t('common.disabled.role', { roles: t('common.role.admin') })
  return (
    <Panel title={t('system.bundle')} purpose={t('system.bundlePurpose')}>
      <div className="sd-stack">
        {make.error ? <ErrorState error={make.error} /> : null}
        {make.data ? (
          <p className="sd-quiet">{t('system.bundleHas', { list: make.data.contents.join(' · ') })}</p>
        ) : null}
        <div>
          <WithReason reason={reason}>
            <Button disabled={!admin} loading={make.isPending} onClick={() => make.mutate({})}>
              {t('system.bundleMake')}
            </Button>
          </WithReason>
        </div>
      </div>
    </Panel>
  )
}
