import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFixedText } from '../../app/fixed.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { useEditing } from '../settings/edits.ts'
import { isFixed, type SettingField, type SettingsData } from '../settings/fields.ts'
import { SettingRow } from '../settings/SettingRow.tsx'
import { ACCEPTING, ANSWERING, TRADING } from './rule-fields.ts'

/** What is said where nobody chose. */
const usual = (data: SettingsData): SettingsData => {
  const { lan = {} } = data.values
  const signature = { order: 'any' as const, encoding: 'any' as const, ...lan.signature }
  return { ...data, values: { ...data.values, lan: { ...lan, signature } } }
}

type Group = 'accepting' | 'answering' | 'trading'
const FIELDS: Readonly<Record<Group, readonly SettingField[]>> = {
  accepting: ACCEPTING,
  answering: ANSWERING,
  trading: TRADING,
}

/** What the service goes by: whom it lets in, how it answers, and the rules of orders and coins. */
export function Rules({ settings }: { settings: SettingsData }) {
  return (['accepting', 'answering', 'trading'] as const).map((group) => (
    <Fields key={group} group={group} settings={settings} />
  ))
}

function Fields({ group, settings }: { group: Group; settings: SettingsData }) {
  const { t } = useTranslation()
  const fixedText = useFixedText()
  const fields = FIELDS[group]
  const data = usual(settings)
  const editing = useEditing(data)
  const mayNot = useWhyNot('settings.update')
  const reason = reasonOf()
  return (
    <Panel title={t(`lan.rules.title.${group}`)} purpose={t(`lan.rules.purpose.${group}`)}>
      <form
        className="sd-settings"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          editing.save()
        }}
      >
        {fields.map((field) => (
          <SettingRow
            key={field.path}
            field={field}
            data={data}
            editing={editing}
            readOnly={mayNot !== null}
          />
        ))}
        {editing.error ? <ErrorState error={editing.error} /> : null}
        <div className="sd-actions sd-actions-end">
          {editing.saved ? <span className="sd-quiet">{t('settings.saved')}</span> : null}
          <WithReason reason={reason}>
            <Button htmlType="submit" disabled={reason !== null} loading={editing.saving}>
              {t('common.action.save')}
            </Button>
          </WithReason>
        </div>
      </form>
    </Panel>
  )

  function reasonOf(): string | null {
    if (mayNot !== null) return mayNot
    if (fields.every(({ path }) => isFixed(data.fixed, path))) return fixedText
    return Object.keys(editing.edits).length === 0 ? t('settings.nothingChanged') : null
  }
}
