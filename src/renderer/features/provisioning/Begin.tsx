import { Button, Checkbox, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { PORTS } from '#shared/chargers.ts'
import { usePageKey } from '../../app/keys.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, Notice, WithReason } from '../../ui/states.tsx'
import { canRun, MOST, type JudgedRow } from './draft.ts'

export interface RunOptions {
  readonly site: string
  readonly installer: string
  readonly testPorts: readonly number[]
}

interface BeginProps {
  readonly rows: readonly JudgedRow[]
  readonly options: RunOptions
  readonly onOptions: (options: RunOptions) => void
  readonly onBegin: () => void
  readonly busy: boolean
  readonly error: unknown
}

/** Where, who, which ports; then the run begins. */
export function Begin(props: BeginProps) {
  const { t } = useTranslation()
  const { rows, options, onOptions } = props
  const reason = useWhyNot(rows)
  const missing = rows.filter(({ state }) => state === 'missing').length
  const begin = () => {
    if (reason === null && !props.busy) props.onBegin()
  }
  usePageKey('Ctrl+Enter', 'provisioning.runs.start', begin)
  return (
    <Panel>
      <div className="sd-stack">
        <Options options={options} onOptions={onOptions} />
        <p className="sd-quiet">{t('provisioning.create.portsHint')}</p>
        {missing > 0 && reason === null ? (
          <Notice>{t('provisioning.create.someMissing', { n: missing })}</Notice>
        ) : null}
        {props.error ? <ErrorState error={props.error} /> : null}
        <div className="sd-actions">
          <WithReason reason={reason}>
            <Button
              type="primary"
              size="large"
              disabled={reason !== null}
              loading={props.busy}
              onClick={begin}
            >
              {t('provisioning.create.begin', { n: rows.length })}
            </Button>
          </WithReason>
          <kbd>Ctrl Enter</kbd>
          {reason === null ? null : <span className="sd-quiet">{reason}</span>}
        </div>
      </div>
    </Panel>
  )
}

function Options({ options, onOptions }: Pick<BeginProps, 'options' | 'onOptions'>) {
  const { t } = useTranslation()
  return (
    <div className="run-options">
      <label className="sd-field">
        {t('provisioning.site')}
        <Input
          value={options.site}
          maxLength={80}
          onChange={(event) => onOptions({ ...options, site: event.target.value })}
        />
      </label>
      <label className="sd-field">
        {t('provisioning.installer')}
        <Input
          value={options.installer}
          maxLength={60}
          onChange={(event) => onOptions({ ...options, installer: event.target.value })}
        />
      </label>
      <fieldset className="sd-field run-ports">
        <legend>{t('provisioning.create.ports')}</legend>
        <Checkbox.Group
          value={[...options.testPorts]}
          options={PORTS.map((port) => ({ value: port, label: t('provisioning.create.port', { port }) }))}
          onChange={(testPorts: number[]) => onOptions({ ...options, testPorts })}
        />
      </fieldset>
    </div>
  )
}

function useWhyNot(rows: readonly JudgedRow[]): string | null {
  const { t } = useTranslation()
  if (rows.length === 0) return t('provisioning.create.why.empty')
  if (rows.length > MOST) return t('provisioning.create.tooMany')
  if (rows.some(({ state }) => state === 'checking')) return t('provisioning.create.why.checking')
  const wrong = rows.filter((row) => !canRun(row)).length
  return wrong > 0 ? t('provisioning.create.why.wrong', { n: wrong }) : null
}
