import { Button, Checkbox, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { PORTS } from '#shared/chargers.ts'
import { usePageKey } from '../../app/keys.tsx'
import { useWhyNot } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { WithReason } from '../../ui/states.tsx'
import { canRun, MOST, type JudgedRow } from './draft.ts'

export interface RunOptions {
  readonly site: string
  readonly installer: string
  readonly testPorts: readonly number[]
}

/** Begins the run, or says what is to be mended first. */
export function BeginButton(props: { rows: readonly JudgedRow[]; busy: boolean; onBegin: () => void }) {
  const { t } = useTranslation()
  const mayNot = useWhyNot('provisioning.start')
  const draft = useRefusal(props.rows)
  const reason = mayNot ?? draft
  const begin = () => {
    if (reason === null && !props.busy) props.onBegin()
  }
  usePageKey('Ctrl+Enter', 'provisioning.runs.start', begin)
  return (
    <>
      <span className="sd-quiet">{reason}</span>
      <WithReason reason={reason}>
        <Button
          type="primary"
          title="Ctrl Enter"
          disabled={reason !== null}
          loading={props.busy}
          onClick={begin}
        >
          {t('provisioning.create.begin', { n: props.rows.length })}
        </Button>
      </WithReason>
    </>
  )
}

interface OptionsProps {
  readonly options: RunOptions
  readonly onChange: (options: RunOptions) => void
}

/** Where, who, which ports. */
export function Options({ options, onChange }: OptionsProps) {
  const { t } = useTranslation()
  const field = (key: 'site' | 'installer', most: number) => (
    <label className="sd-field run-field">
      {t(`provisioning.${key}`)}
      <Input
        value={options[key]}
        maxLength={most}
        onChange={(event) => onChange({ ...options, [key]: event.target.value })}
      />
    </label>
  )
  return (
    <Panel>
      <div className="sd-stack">
        <div className="run-options">
          {field('site', 80)}
          {field('installer', 60)}
        </div>
        <fieldset className="sd-field run-ports">
          <legend>{t('provisioning.create.ports')}</legend>
          <Checkbox.Group
            value={[...options.testPorts]}
            options={PORTS.map((port) => ({ value: port, label: t('provisioning.create.port', { port }) }))}
            onChange={(testPorts: number[]) => onChange({ ...options, testPorts })}
          />
          <span>{t('provisioning.create.portsHint')}</span>
        </fieldset>
      </div>
    </Panel>
  )
}

function useRefusal(rows: readonly JudgedRow[]): string | null {
  const { t } = useTranslation()
  if (rows.length === 0) return t('provisioning.create.why.empty')
  if (rows.length > MOST) return t('provisioning.create.tooMany')
  if (rows.some(({ state }) => state === 'checking')) return t('provisioning.create.why.checking')
  const wrong = rows.filter((row) => !canRun(row)).length
  return wrong > 0 ? t('provisioning.create.why.wrong', { n: wrong }) : null
}
