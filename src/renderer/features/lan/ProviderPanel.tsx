import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { useFixedText } from '../../app/fixed.ts'
import { useMay, useSite } from '../../app/site.tsx'
import { useReasons } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { useEditing, type Editing } from '../settings/edits.ts'
import { isFixed, valueAt, type SettingField, type SettingsData } from '../settings/fields.ts'
import { SettingRow } from '../settings/SettingRow.tsx'
import { nested, type ProviderForm } from './provider-fields.ts'
import { ProviderReport, StoredTrouble } from './ProviderReport.tsx'

/** WeChat and WeChat Pay are asked over the internet, one after the other, ms. */
const TEST_MS = 60_000
/** A certificate ends, a file goes away, ms. */
const LOOK_AGAIN_MS = 600_000

interface Props {
  readonly form: ProviderForm
  readonly settings: SettingsData
}

/** Who says whose phone it is, or who takes the money: what is set, whether it works, and its form. */
export function ProviderPanel({ form, settings }: Props) {
  const { t } = useTranslation()
  const data = withUsual(form, settings)
  const editing = useEditing(data)
  const admin = useMay()
  const kind = String(editing.get(kindPath(form)))
  const real = kind === form.real
  const stored = valueAt(data.values, kindPath(form)) === form.real
  const look = useRead(
    'lan.testProvider',
    { provider: form.provider, ask: false },
    { enabled: admin && stored, everyMs: LOOK_AGAIN_MS, keepPrevious: false },
  )
  const [tried, setTried] = useState<object | null>(null)
  const untouched = Object.keys(editing.edits).length === 0 && tried === null
  return (
    <Panel
      title={t(`lan.provider.${form.provider}.title`)}
      purpose={t(`lan.provider.${form.provider}.purpose`)}
    >
      <form
        className="sd-settings"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          editing.save()
        }}
      >
        {stored && untouched ? <StoredTrouble result={look.data} /> : null}
        <SettingRow field={useKindField(form)} data={data} editing={switching(editing)} readOnly={!admin} />
        {real ? <Fields {...{ form, data, editing }} readOnly={!admin} /> : null}
        {editing.error ? <ErrorState error={editing.error} /> : null}
        <Actions {...{ form, data, editing, real, tried, setTried }} />
      </form>
    </Panel>
  )
}

const kindPath = ({ union }: ProviderForm) => `${union}.kind`

/** What holds where nobody chose; a file that fixes a part of a provider fixes all of it but its secrets. */
function withUsual(form: ProviderForm, data: SettingsData): SettingsData {
  const { lan = {} } = data.values
  const key = form.provider
  const fixed = data.fixed.some((path) => path.startsWith(form.union))
    ? [
        kindPath(form),
        ...[...form.fields, ...form.advanced].flatMap((f) => (f.kind === 'secret' ? [] : [f.path])),
      ]
    : []
  const lanOf = { ...lan, [key]: lan[key] ?? { kind: form.usual } }
  return { ...data, fixed: [...data.fixed, ...fixed], values: { ...data.values, lan: lanOf } }
}

/** Another kind starts empty, as it does in the core. */
function switching(editing: Editing): Editing {
  return { ...editing, set: (path, value) => editing.only(path, value) }
}

function useKindField({ provider, union, kinds }: ProviderForm): SettingField {
  const { demo } = useSite().hello
  return {
    kind: 'select',
    path: `${union}.kind`,
    label: `lan.provider.${provider}.kind`,
    options: kinds
      .filter((kind) => demo || kind !== 'simulator')
      .map((value) => ({ value, label: `lan.provider.kindOf.${value as 'none'}` as const })),
  }
}

function Fields(props: { form: ProviderForm; data: SettingsData; editing: Editing; readOnly: boolean }) {
  const { t } = useTranslation()
  const { form, ...rest } = props
  const rows = (fields: readonly SettingField[]) =>
    fields.map((field) => <SettingRow key={field.path} field={field} {...rest} />)
  return (
    <>
      {rows(form.fields)}
      <details>
        <summary>{t('settings.imr.advanced')}</summary>
        {rows(form.advanced)}
      </details>
    </>
  )
}

interface ActionProps {
  readonly form: ProviderForm
  readonly data: SettingsData
  readonly editing: Editing
  readonly real: boolean
  /** what was on the screen when it was tested last */
  readonly tried: object | null
  readonly setTried: (edits: object) => void
}

/** The test tries what is on the screen, saved or not. */
function Actions(props: ActionProps) {
  const { t } = useTranslation()
  const { form, data, editing, real, tried, setTried } = props
  const test = useWrite('lan.testProvider', { timeoutMs: TEST_MS })
  const why = useWhyNotSave(form, data, editing, real)
  const run = () => {
    setTried(editing.edits)
    test.mutate({ provider: form.provider, ask: true, [form.provider]: nested(editing.edits, form.union) })
  }
  const current = tried === editing.edits
  return (
    <>
      {test.isPending ? <p className="sd-quiet">{t('lan.provider.testing')}</p> : null}
      {test.error && current ? <ErrorState error={test.error} /> : null}
      {real && current && test.data && !test.isPending ? <ProviderReport result={test.data} /> : null}
      <div className="sd-actions sd-actions-end">
        {editing.saved ? <span className="sd-quiet">{t('settings.saved')}</span> : null}
        {real ? (
          <WithReason reason={why.test}>
            <Button disabled={why.test !== null} loading={test.isPending} onClick={run}>
              {t('common.action.test')}
            </Button>
          </WithReason>
        ) : null}
        <WithReason reason={why.save}>
          <Button htmlType="submit" disabled={why.save !== null} loading={editing.saving}>
            {t('common.action.save')}
          </Button>
        </WithReason>
      </div>
    </>
  )
}

function useWhyNotSave(form: ProviderForm, data: SettingsData, editing: Editing, real: boolean) {
  const { t } = useTranslation()
  const fixedText = useFixedText()
  const reasons = useReasons()
  const mayNot = reasons('settings.update')
  const text = useFieldNames(form)
  if (mayNot !== null) return { test: reasons('lan.testProvider'), save: mayNot }
  const empty = real ? form.needed.filter((path) => !editing.get(path)) : []
  const fixed = [...form.fields, ...form.advanced].every(({ path }) => isFixed(data.fixed, path))
  const save = fixed
    ? fixedText
    : Object.keys(editing.edits).length === 0
      ? t('settings.nothingChanged')
      : empty.length > 0
        ? t('lan.provider.needed', { fields: text(empty) })
        : null
  return { test: null, save }
}

function useFieldNames(form: ProviderForm) {
  const { t } = useTranslation()
  return (paths: readonly string[]) =>
    form.fields
      .filter(({ path }) => paths.includes(path))
      .map(({ label }) => t(label as 'lan.provider.field.mchId'))
      .join(t('lan.provider.and'))
}
