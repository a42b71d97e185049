import { DownloadOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { downloadBase64 } from '../../ui/download.ts'
import { Code, State, type Tone } from '../../ui/figures.tsx'

type Result = Output<'devices.import'>
type Outcome = Result['rows'][number]['outcome']

const OUTCOMES = ['error', 'new', 'changed', 'same'] as const
const TONES: Readonly<Record<Outcome, Tone>> = {
  error: 'bad',
  new: 'good',
  changed: 'attention',
  same: 'neutral',
}
/** Lines drawn; the file that comes back has them all. */
const DRAWN = 300

interface ResultProps {
  readonly result: Result
  readonly fileName: string
  /** false: a dry run */
  readonly done: boolean
  readonly busy: boolean
  readonly onApply: () => void
  readonly onOther: () => void
  readonly onClose: () => void
}

/** What the sheet would do, or did, row by row. */
export function ImportResult(props: ResultProps) {
  const { t } = useTranslation()
  const { result, done } = props
  const [only, setOnly] = useState<Outcome | null>(result.counts.error > 0 ? 'error' : null)
  const fresh = result.counts.new + result.counts.changed
  return (
    <>
      <div className="device-import-head">
        <strong>{props.fileName}</strong>
        <State tone={done ? 'good' : 'attention'}>
          {t(done ? 'devices.importer.done' : 'devices.importer.dryRun')}
        </State>
      </div>
      <Segmented
        aria-label={t('devices.importer.only')}
        value={only ?? 'all'}
        onChange={(value) => setOnly(OUTCOMES.find((one) => one === value) ?? null)}
        options={[
          { value: 'all', label: `${t('common.list.all')} ${result.rows.length}` },
          ...OUTCOMES.map((value) => ({
            value,
            label: `${t(`devices.importer.counts.${value}`)} ${result.counts[value]}`,
          })),
        ]}
      />
      <Rows rows={result.rows.filter(({ outcome }) => only === null || outcome === only)} />
      <div className="sd-actions sd-actions-end">
        {result.errorFile === null ? null : <ErrorFile fileName={props.fileName} base64={result.errorFile} />}
        <span className="sd-spring" />
        {done ? (
          <Button type="primary" onClick={props.onClose}>
            {t('common.action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={props.onOther}>{t('devices.importer.other')}</Button>
            <Button
              type="primary"
              loading={props.busy}
              disabled={fresh === 0}
              title={fresh === 0 ? t('devices.importer.nothing') : ''}
              onClick={props.onApply}
            >
              {t('devices.importer.apply', { n: fresh })}
            </Button>
          </>
        )}
      </div>
    </>
  )
}

function Rows({ rows }: { rows: Result['rows'] }) {
  const { t } = useTranslation()
  const text = useCodeText()
  return (
    <div className="device-scroll">
      <table className="sd-plain">
        <thead>
          <tr>
            <th>{t('devices.importer.row')}</th>
            <th>{t('devices.importer.outcome')}</th>
            <th>{t('devices.deviceCode')}</th>
            <th>{t('devices.btName')}</th>
            <th>{t('devices.alias')}</th>
            <th>{t('devices.importer.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, DRAWN).map((row) => (
            <tr key={row.row}>
              <td className="sd-figure">{row.row}</td>
              <td>
                <State tone={TONES[row.outcome]}>{t(`devices.importer.counts.${row.outcome}`)}</State>
              </td>
              <td>
                <Code>{row.deviceCode}</Code>
              </td>
              <td>
                <Code>{row.btName}</Code>
              </td>
              <td>{row.alias}</td>
              <td>
                {row.error
                  ? `${text('devices.importColumn', row.error.column)}: ${text('devices.importError', row.error.code)}`
                  : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > DRAWN ? <p className="sd-quiet">{t('devices.importer.more', { n: DRAWN })}</p> : null}
    </div>
  )
}

/** In the format it came in; its name says what it is. */
function ErrorFile({ fileName, base64 }: { fileName: string; base64: string }) {
  const { t } = useTranslation()
  const csv = /\.(csv|txt)$/i.test(fileName)
  const name = fileName.replace(/\.[^.]+$/, '')
  const save = () =>
    downloadBase64({
      name: `${name}-${t('devices.importer.counts.error')}.${csv ? 'csv' : 'xlsx'}`,
      type: csv ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      base64,
    })
  return (
    <Button icon={<DownloadOutlined />} title={t('devices.importer.errorHint')} onClick={save}>
      {t('devices.importer.errorFile')}
    </Button>
  )
}
