import { Button, Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import { useClient } from '../../api/client.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { chooseLanguage, LANGUAGES, type Language } from '../../app/i18n/index.ts'
import { useMode } from '../../app/mode.tsx'
import { useWhyNot } from '../../app/why-not.tsx'
import { DeskPage, Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, Reading, WithReason } from '../../ui/states.tsx'
import { AutomationAccess } from './Automation.tsx'
import { TEST_TIMEOUT_MS } from './ConnectionForm.tsx'
import { useEditing, type Editing } from './edits.ts'
import { BluetoothState } from './BluetoothState.tsx'
import {
  ALARMS,
  ALARMS_ADVANCED,
  ATTENDANCE,
  AUTOMATION,
  BLUETOOTH,
  BLUETOOTH_ADVANCED,
  CAMERA,
  CAMPUS,
  CAMPUS_ADVANCED,
  IMR,
  IMR_ADVANCED,
  isFixed,
  SECURITY,
  RECHARGE,
  SHIFTS,
  SITE,
  SYNC,
  WATER_ADVANCED,
  waterFields,
  type SettingField,
  type SettingsData,
} from './fields.ts'
import { SettingRow } from './SettingRow.tsx'
import { TestReport } from './TestReport.tsx'

export function Settings() {
  const { t } = useTranslation()
  const read = useRead('settings.get', {})
  return (
    <DeskPage title={t('settings.title')} purpose={t('settings.purpose')} side={<Look />}>
      <Reading read={read} lines={10}>
        {(data) => <Sections data={data} />}
      </Reading>
    </DeskPage>
  )
}

function Sections({ data }: { data: SettingsData }) {
  const { t } = useTranslation()
  const protection = data.keyProtection.map((p) => t(`settings.security.protectionName.${p}`)).join(' · ')
  return (
    <>
      <Section data={data} title={t('settings.site.title')} fields={SITE} />
      <Section data={data} title={t('settings.imr.title')} fields={IMR} advanced={IMR_ADVANCED} tests="imr" />
      <Section
        data={data}
        title={t('settings.campus.title')}
        fields={CAMPUS}
        advanced={CAMPUS_ADVANCED}
        tests="campus"
      />
      <Section
        data={data}
        title={t('settings.water.title')}
        fieldsOf={(get) => waterFields(get('upstreams.water.auth.kind') ?? 'none')}
        advanced={WATER_ADVANCED}
        tests="water"
      />
      <Section data={data} title={t('settings.sync.title')} fields={SYNC} />
      <Section
        data={data}
        title={t('settings.camera.title')}
        purpose={t('settings.camera.purpose')}
        fields={CAMERA}
      />
      <Section
        data={data}
        title={t('chargers.settings.title')}
        purpose={t('chargers.settings.purpose')}
        fields={BLUETOOTH}
        advanced={BLUETOOTH_ADVANCED}
      >
        <BluetoothState />
      </Section>
      <Section data={data} title={t('settings.recharge.title')} fields={RECHARGE} />
      <Section data={data} title={t('settings.shifts.title')} fields={SHIFTS} />
      <Section
        data={data}
        title={t('alarms.settings.title')}
        purpose={t('alarms.settings.purpose')}
        fields={ALARMS}
        advanced={ALARMS_ADVANCED}
      />
      <Section data={data} title={t('settings.attendance.title')} fields={ATTENDANCE} />
      <AutomationSection data={data} />
      <Section data={data} title={t('settings.security.title')} fields={SECURITY}>
        <div className="sd-setting">
          <span>{t('settings.security.protection')}</span>
          <span>{protection}</span>
        </div>
      </Section>
    </>
  )
}

/** Only the desktop's API is switched on and off; the browser host is one by itself. */
function AutomationSection({ data }: { data: SettingsData }) {
  const { t } = useTranslation()
  const heading = { title: t('settings.automation.title'), purpose: t('settings.automation.purpose') }
  if (useClient().host === 'desktop')
    return (
      <Section data={data} {...heading} fields={AUTOMATION}>
        <AutomationAccess />
      </Section>
    )
  return (
    <Panel {...heading}>
      <div className="sd-settings">
        <AutomationAccess />
      </div>
    </Panel>
  )
}

type Tests = Input<'settings.testConnection'>['source']

interface SectionProps {
  readonly data: SettingsData
  readonly title: string
  readonly purpose?: string
  readonly fields?: readonly SettingField[]
  /** fields that hang on what is chosen in others */
  readonly fieldsOf?: (get: Editing['get']) => readonly SettingField[]
  readonly advanced?: readonly SettingField[]
  /** the vendor system these settings reach */
  readonly tests?: Tests
  readonly children?: ReactNode
}

/** One group of settings with its own save; what is not changed is not sent. */
export function Section(props: SectionProps) {
  const { t } = useTranslation()
  const editing = useEditing(props.data)
  const mayNot = useWhyNot('settings.update')
  const own = props.fieldsOf?.(editing.get) ?? props.fields ?? []
  const all = [...own, ...(props.advanced ?? [])]
  const fixed = all.every((field) => isFixed(props.data.fixed, field.path))
  const save = fixed ? null : <Save editing={editing} mayNot={mayNot} />
  const rows = (fields: readonly SettingField[]) =>
    fields.map((field) => (
      <SettingRow
        key={field.path}
        field={field}
        data={props.data}
        editing={editing}
        readOnly={mayNot !== null}
      />
    ))
  return (
    <Panel title={props.title} {...(props.purpose ? { purpose: props.purpose } : {})}>
      <form
        className="sd-settings"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          editing.save()
        }}
      >
        {rows(own)}
        {props.advanced ? (
          <details>
            <summary>{t('settings.imr.advanced')}</summary>
            {rows(props.advanced)}
          </details>
        ) : null}
        {props.children}
        {editing.error ? <ErrorState error={editing.error} /> : null}
        {props.tests ? <Tested source={props.tests} editing={editing} save={save} /> : null}
        {props.tests ? null : <div className="sd-actions sd-actions-end">{save}</div>}
      </form>
    </Panel>
  )
}

function Save({ editing, mayNot }: { editing: Editing; mayNot: string | null }) {
  const { t } = useTranslation()
  const changed = Object.keys(editing.edits).length > 0
  const reason = mayNot ?? (changed ? null : t('settings.nothingChanged'))
  return (
    <>
      {editing.saved ? <span className="sd-quiet">{t('settings.saved')}</span> : null}
      <WithReason reason={reason}>
        <Button type="primary" htmlType="submit" disabled={reason !== null} loading={editing.saving}>
          {t('common.action.save')}
        </Button>
      </WithReason>
    </>
  )
}

/** The connection test tries what is on the screen, saved or not. */
function Tested({ source, editing, save }: { source: Tests; editing: Editing; save: ReactNode }) {
  const { t } = useTranslation()
  const test = useWrite('settings.testConnection', { timeoutMs: TEST_TIMEOUT_MS })
  const reason = useWhyNot('settings.testConnection')
  const run = () => test.mutate({ source, [source]: changedOf(editing, source) })
  return (
    <>
      <TestReport
        running={test.isPending}
        result={test.data}
        error={test.error}
        onUse={(path, value) => editing.set(path, value)}
      />
      <div className="sd-actions sd-actions-end">
        <WithReason reason={reason}>
          <Button
            disabled={reason !== null}
            loading={test.isPending}
            title={t('settings.imr.testPurpose')}
            onClick={run}
          >
            {t('common.action.test')}
          </Button>
        </WithReason>
        {save}
      </div>
    </>
  )
}

function changedOf(editing: Editing, source: Tests): Record<string, unknown> {
  const prefix = `upstreams.${source}.`
  const mine = Object.entries(editing.edits).filter(
    ([path, value]) => path.startsWith(prefix) && value !== '' && value !== null,
  )
  const flat = mine.map(([path, value]): [string, unknown] => [path.slice(prefix.length), value])
  const auth = flat.filter(([path]) => path.startsWith(AUTH))
  const plain = Object.fromEntries(flat.filter(([path]) => !path.startsWith(AUTH)))
  return auth.length === 0 ? plain : { ...plain, auth: authOf(editing) }
}

const AUTH = 'auth.'

/** The way of W-02 as it stands on the screen; a secret that was not typed stays the stored one. */
function authOf({ get, edits }: Editing): Record<string, unknown> {
  const path = `upstreams.water.${AUTH}`
  const kind = get(`${path}kind`) ?? 'none'
  const fields = waterFields(kind).filter(
    (field) => field.path.startsWith(path) && field.path !== `${path}kind`,
  )
  const values = fields.map(({ path: one, kind: how }): [string, unknown] => [
    one.slice(path.length),
    how === 'secret' ? edits[one] || undefined : (get(one) ?? ''),
  ])
  return { kind, ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) }
}

/** For this browser only, so it needs no right and no saving. */
function Look() {
  const { t, i18n } = useTranslation()
  const { choice, choose } = useMode()
  return (
    <Panel title={t('settings.look.title')} purpose={t('settings.look.purpose')}>
      <div className="sd-stack">
        <div className="sd-field">
          <span>{t('shell.theme')}</span>
          <Segmented
            value={choice}
            onChange={choose}
            options={(['system', 'light', 'dark'] as const).map((value) => ({
              value,
              label: t(`shell.themeChoice.${value}`),
            }))}
          />
        </div>
        <div className="sd-field">
          <span>{t('shell.language')}</span>
          <Segmented<Language>
            value={i18n.language === 'en' ? 'en' : 'zh-CN'}
            onChange={(language) => void chooseLanguage(language)}
            options={LANGUAGES.map((value) => ({ value, label: t(`shell.languageName.${value}`) }))}
          />
        </div>
      </div>
    </Panel>
  )
}
