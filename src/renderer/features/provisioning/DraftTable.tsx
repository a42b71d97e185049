import { CloseOutlined } from '@ant-design/icons'
import { Button, Input, Select, Tooltip } from 'antd'
import { memo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Code, State, type Tone } from '../../ui/figures.tsx'
import { BlinkButton } from './BlinkButton.tsx'
import { typedCode, type DraftState, type JudgedRow } from './draft.ts'
import type { Draft } from './use-draft.ts'

const TONES: Readonly<Record<DraftState, Tone>> = {
  ready: 'good',
  missing: 'attention',
  ambiguous: 'bad',
  noName: 'bad',
  noCode: 'bad',
  badCode: 'bad',
  badName: 'bad',
  twice: 'bad',
  codeTaken: 'bad',
  nameTaken: 'bad',
  checking: 'neutral',
}

interface TableProps {
  readonly draft: Draft
  /** names on the air that no row has */
  readonly free: readonly string[]
}

/** The list: code and name are typed or scanned in, one under the other. */
export function DraftTable({ draft, free }: TableProps) {
  const { t } = useTranslation()
  return (
    <table className="sd-plain run-draft">
      <thead>
        <tr>
          <th>{t('provisioning.create.line')}</th>
          <th>{t('provisioning.create.charger')}</th>
          <th>{t('provisioning.create.deviceCode')}</th>
          <th>{t('provisioning.create.alias')}</th>
          <th>{t('provisioning.create.state')}</th>
          <th>
            <span className="run-hidden">{t('provisioning.create.remove')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {draft.rows.map((row, i) => (
          <DraftLine
            key={row.key}
            row={row}
            number={i + 1}
            free={row.name === '' ? free : NONE_FREE}
            onChange={draft.change}
            onRemove={draft.remove}
          />
        ))}
      </tbody>
    </table>
  )
}

const NONE_FREE: readonly string[] = []

const DraftLine = memo(function DraftLine(props: {
  row: JudgedRow
  number: number
  free: readonly string[]
  onChange: Draft['change']
  onRemove: Draft['remove']
}) {
  const { t } = useTranslation()
  const { row, number, onChange } = props
  const state = t(`provisioning.create.stateName.${row.state}`)
  return (
    <tr>
      <td className="sd-figure">{number}</td>
      <td>
        <Charger row={row} free={props.free} onChoose={(name) => onChange(row.key, { name })} />
      </td>
      <td>
        <Input
          className="sd-code"
          aria-label={`${t('provisioning.create.deviceCode')} ${number}`}
          value={row.deviceCode}
          status={['badCode', 'noCode', 'codeTaken', 'nameTaken'].includes(row.state) ? 'error' : ''}
          maxLength={300}
          data-code={number}
          onChange={(event) => onChange(row.key, { deviceCode: typedCode(event.target.value) })}
          onKeyDown={(event) => moveBetween(event, number)}
        />
      </td>
      <td>
        <Input
          aria-label={`${t('provisioning.create.alias')} ${number}`}
          value={row.alias}
          maxLength={60}
          onChange={(event) => onChange(row.key, { alias: event.target.value })}
        />
      </td>
      <td>
        <Tooltip title={t(`provisioning.create.stateHint.${row.state}`)}>
          <span>
            <State tone={TONES[row.state]}>{state}</State>
          </span>
        </Tooltip>
        <span className="sd-quiet run-known">
          {row.registered ? t('provisioning.create.registered') : ''}
          {row.manager === null ? '' : ` · ${t('provisioning.create.owner', { manager: row.manager })}`}
        </span>
      </td>
      <td>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={`${t('provisioning.create.remove')} ${number}`}
          onClick={() => props.onRemove(row.key)}
        />
      </td>
    </tr>
  )
})

/** Its name, or which of those nearby it is. */
function Charger(props: { row: JudgedRow; free: readonly string[]; onChoose: (name: string) => void }) {
  const { t } = useTranslation()
  const { row } = props
  if (row.name !== '')
    return (
      <span className="run-charger">
        <Code>{row.name}</Code>
        <BlinkButton name={row.name} label={row.alias || row.name} />
      </span>
    )
  return (
    <span className="run-charger">
      {row.state === 'noName' ? (
        <Select
          size="small"
          aria-label={t('provisioning.create.choosePlace')}
          placeholder={t('provisioning.create.choosePlace')}
          popupMatchSelectWidth={false}
          value={null}
          options={props.free.map((name) => ({ value: name, label: name }))}
          onChange={(name: string | null) => name !== null && props.onChoose(name)}
        />
      ) : (
        <span className="sd-cut" title={row.text}>
          {row.text}
        </span>
      )}
    </span>
  )
}

/** Enter and the arrows go down and up the column: a scanner fills it from top to bottom. */
function moveBetween(event: KeyboardEvent<HTMLInputElement>, number: number): void {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || event.nativeEvent.isComposing) return
  event.preventDefault()
  const next = document.querySelector<HTMLInputElement>(`[data-code="${number + step}"]`)
  next?.focus()
  next?.select()
}
