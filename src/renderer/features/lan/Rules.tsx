import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { useEditing } from '../settings/edits.ts'
import { isFixed, type SettingField, type SettingsData } from '../settings/fields.ts'
import { SettingRow } from '../settings/SettingRow.tsx'

const FIELDS: readonly SettingField[] = [
  {
    kind: 'select',
    path: 'lan.signature.order',
    label: 'lan.rules.order',
    options: (['any', 'sorted', 'timestampLast'] as const).map((value) => ({
      value,
      label: `lan.rules.orderOf.${value}` as const,
    })),
  },
  {
    kind: 'select',
    path: 'lan.signature.encoding',
    label: 'lan.rules.encoding',
    options: (['any', 'hex', 'raw'] as const).map((value) => ({
      value,
      label: `lan.rules.encodingOf.${value}` as const,
    })),
  },
  {
    kind: 'number',
    path: 'lan.timestampToleranceS',
    label: 'lan.rules.tolerance',
    hint: 'lan.rules.toleranceHint',
    min: 0,
    max: 86_400,
    unit: 'lan.rules.seconds',
  },
  {
    kind: 'number',
    path: 'lan.perAddressPerSecond',
    label: 'lan.rules.perAddress',
    hint: 'lan.rules.perAddressHint',
    min: 0,
    max: 10_000,
  },
  {
    kind: 'switch',
    path: 'lan.requireSession',
    label: 'lan.rules.requireSession',
    hint: 'lan.rules.requireSessionHint',
  },
]

/** What is said where nobody chose. */
const usual = (data: SettingsData): SettingsData => {
  const { lan = {} } = data.values
  const signature = { order: 'any' as const, encoding: 'any' as const, ...lan.signature }
  return { ...data, values: { ...data.values, lan: { ...lan, signature } } }
}

/** What is accepted, and how much of it; folded, because the defaults fit most. */
export function Rules({ settings }: { settings: SettingsData }) {
  const { t } = useTranslation()
  const data = usual(settings)
  const editing = useEditing(data)
  const admin = useMay()
  const reason = reasonOf()
  return (
    <Panel title={t('lan.rules.title')} purpose={t('lan.rules.purpose')}>
      <form
        className="sd-settings"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          editing.save()
        }}
      >
        {FIELDS.map((field) => (
          <SettingRow key={field.path} field={field} data={data} editing={editing} readOnly={!admin} />
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
    if (!admin) return t('common.disabled.role', { roles: t('common.role.admin') })
    if (FIELDS.every(({ path }) => isFixed(data.fixed, path))) return t('common.disabled.fixed')
    return Object.keys(editing.edits).length === 0 ? t('settings.nothingChanged') : null
  }
}
