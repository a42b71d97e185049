import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { MayButton, useWhyNot } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { useEditing } from '../settings/edits.ts'
import type { SettingsData } from '../settings/fields.ts'
import { SettingRow } from '../settings/SettingRow.tsx'
import { DryRun } from './DryRun.tsx'
import { FIELDS, LONG_MS, triedRules } from './rows.ts'
import { RunDialog } from './RunDialog.tsx'

type Preview = Output<'retention.preview'>

/** Days of each kind, tried dry as they stand on the screen, saved, and run. */
export function Rules({ data }: { data: SettingsData }) {
  const { t } = useTranslation()
  const editing = useEditing(data)
  const look = useWrite('retention.preview', { timeoutMs: LONG_MS })
  const changed = Object.keys(editing.edits).length > 0
  const role = useWhyNot('settings.update')
  const save = role ?? (changed ? null : t('settings.nothingChanged'))
  return (
    <Panel title={t('retention.rules')} purpose={t('retention.rulesPurpose')}>
      <form
        className="sd-settings"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          if (save === null) editing.save()
        }}
      >
        {FIELDS.map((field) => (
          <SettingRow key={field.path} field={field} data={data} editing={editing} readOnly={role !== null} />
        ))}
        <p className="sd-quiet">{t('retention.picturesRule')}</p>
        {editing.error ? <ErrorState error={editing.error} /> : null}
        <div className="sd-actions sd-actions-end">
          {editing.saved ? <span className="sd-quiet">{t('settings.saved')}</span> : null}
          <Button loading={look.isPending} onClick={() => look.mutate({ rules: triedRules(editing.get) })}>
            {t('retention.dryRun')}
          </Button>
          <WithReason reason={save}>
            <Button type="primary" htmlType="submit" disabled={save !== null} loading={editing.saving}>
              {t('common.action.save')}
            </Button>
          </WithReason>
        </div>
      </form>
      {look.error ? <ErrorState error={look.error} /> : null}
      {look.data ? <Tried preview={look.data} unsaved={changed} onDone={look.reset} /> : null}
    </Panel>
  )
}

/** What the dry run counted, and the way to do it. */
function Tried(props: { preview: Preview; unsaved: boolean; onDone: () => void }) {
  const { t } = useTranslation()
  const [running, setRunning] = useState(false)
  const { preview } = props
  const goes = preview.rows.some((row) => row.goes > 0)
  const reason = props.unsaved ? t('retention.saveFirst') : goes ? null : t('retention.nothingGoes')
  const close = () => {
    setRunning(false)
    props.onDone()
  }
  return (
    <div className="sd-stack">
      <DryRun preview={preview} />
      <div className="sd-actions sd-actions-end">
        <MayButton operation="retention.run" reason={reason} danger onClick={() => setRunning(true)}>
          {t('retention.run')}
        </MayButton>
      </div>
      {running ? <RunDialog preview={preview} onClose={close} /> : null}
    </div>
  )
}
