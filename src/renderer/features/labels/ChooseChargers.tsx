import { CloseOutlined } from '@ant-design/icons'
import { AutoComplete, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { deviceCodeOf } from '#shared/chargers.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { Code } from '../../ui/figures.tsx'
import { EmptyState, Notice } from '../../ui/states.tsx'
import { MOST } from './use-labels.ts'

interface ChooseProps {
  readonly codes: readonly string[]
  readonly aliases: ReadonlyMap<string, string>
  readonly unknown: readonly string[]
  readonly onChange: (codes: readonly string[]) => void
}

/** Which chargers get labels: searched, scanned, or all that are registered. */
export function ChooseChargers(props: ChooseProps) {
  const { t } = useTranslation()
  const { codes, onChange } = props
  return (
    <Panel
      title={t('labels.codes', { n: codes.length })}
      extra={
        codes.length > 0 ? (
          <Button size="small" type="text" onClick={() => onChange([])}>
            {t('labels.clear')}
          </Button>
        ) : null
      }
    >
      <div className="sd-stack">
        <Add codes={codes} onChange={onChange} />
        {props.unknown.length > 0 ? (
          <Notice>{t('labels.unknown', { codes: props.unknown.slice(0, 20).join(', ') })}</Notice>
        ) : null}
        {codes.length === 0 ? (
          <EmptyState what={t('labels.codesNone')} todo={t('labels.codesTodo')} />
        ) : (
          <ul className="label-codes">
            {codes.map((code) => (
              <li key={code} className="sd-chip">
                <Code>{code}</Code> {props.aliases.get(code)}
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t('labels.remove', { code })}
                  onClick={() => onChange(codes.filter((one) => one !== code))}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

function Add({ codes, onChange }: Pick<ChooseProps, 'codes' | 'onChange'>) {
  const { t } = useTranslation()
  const client = useClient()
  const [text, setText] = useState('')
  const query = text.trim()
  const found = useRead('devices.list', { query: query.slice(0, 100), limit: 12 }, { enabled: query !== '' })
  const add = (more: readonly string[]) => {
    onChange([...new Set([...codes, ...more])].slice(0, MOST))
    setText('')
  }
  const all = async () => {
    const { rows } = await client.call('devices.list', { limit: MOST })
    add(rows.map(({ deviceCode }) => deviceCode))
  }
  const enter = () => {
    const scanned = deviceCodeOf(query)
    const hit = found.data?.rows.find(({ deviceCode }) => deviceCode === (scanned ?? query))
    if (hit) add([hit.deviceCode])
    else if (scanned !== null && query.includes('/')) add([scanned])
    else if (found.data?.rows.length === 1 && found.data.rows[0]) add([found.data.rows[0].deviceCode])
  }
  return (
    <div className="sd-actions">
      <AutoComplete
        style={{ width: 300 }}
        aria-label={t('labels.add')}
        placeholder={t('labels.addPlaceholder')}
        value={text}
        onChange={setText}
        onSelect={(code: string) => add([code])}
        onInputKeyDown={(event) => event.key === 'Enter' && enter()}
        notFoundContent={query === '' || found.isFetching ? null : t('labels.addNone')}
        options={(query === '' ? [] : (found.data?.rows ?? [])).map(({ deviceCode, alias }) => ({
          value: deviceCode,
          label: `${deviceCode} ${alias}`,
        }))}
      />
      <Button onClick={() => void all()}>{t('labels.addAll')}</Button>
    </div>
  )
}
