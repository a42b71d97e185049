import { DownloadOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { downloadBase64 } from '../../ui/download.ts'
import { State, type Tone } from '../../ui/figures.tsx'

export interface ImportedRow {
  readonly row: number
  readonly outcome: Outcome
  readonly error: { readonly column: string; readonly code: string } | null
}
type Outcome = 'new' | 'changed' | 'same' | 'error'

export interface Imported<Row extends ImportedRow> {
  readonly rows: readonly Row[]
  readonly counts: Readonly<Record<Outcome, number>>
  readonly errorFile: string | null
}

export interface ResultColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
}

const OUTCOMES = ['error', 'new', 'changed', 'same'] as const
const TONES: Readonly<Record<Outcome, Tone>> = {
  error: 'bad',
  new: 'good',
  changed: 'attention',
  same: 'neutral',
}
/** Lines drawn; the file that comes back has them all. */
const DRAWN = 300

interface ResultProps<Row extends ImportedRow> {
  readonly result: Imported<Row>
  readonly columns: readonly ResultColumn<Row>[]
  readonly why: (error: { readonly column: string; readonly code: string }) => string
  readonly fileName: string
  /** false: a dry run */
  readonly done: boolean
  readonly busy: boolean
  readonly onApply: () => void
  readonly onOther: () => void
  readonly onClose: () => void
}

/** What the sheet would do, or did, row by row. */
export function ImportResult<Row extends ImportedRow>(props: ResultProps<Row>) {
  const { t } = useTranslation()
  const { result, done } = props
  const [only, setOnly] = useState<Outcome | null>(result.counts.error > 0 ? 'error' : null)
  const fresh = result.counts.new + result.counts.changed
  const all = OUTCOMES.reduce((sum, outcome) => sum + result.counts[outcome], 0)
  return (
    <>
      <div className="import-head">
        <strong>{props.fileName}</strong>
        <State tone={done ? 'good' : 'attention'}>
          {t(done ? 'sheetImport.done' : 'sheetImport.dryRun')}
        </State>
      </div>
      <Segmented
        aria-label={t('sheetImport.only')}
        value={only ?? 'all'}
        onChange={(value) => setOnly(OUTCOMES.find((one) => one === value) ?? null)}
        options={[
          { value: 'all', label: `${t('common.list.all')} ${all}` },
          ...OUTCOMES.map((value) => ({
            value,
            label: `${t(`sheetImport.counts.${value}`)} ${result.counts[value]}`,
          })),
        ]}
      />
      <Rows
        rows={result.rows.filter(({ outcome }) => only === null || outcome === only)}
        total={only === null ? all : result.counts[only]}
        columns={props.columns}
        why={props.why}
      />
      <div className="sd-actions sd-actions-end">
        {result.errorFile === null ? null : <ErrorFile fileName={props.fileName} base64={result.errorFile} />}
        <span className="sd-spring" />
        {done ? (
          <Button type="primary" onClick={props.onClose}>
            {t('common.action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={props.onOther}>{t('sheetImport.other')}</Button>
            <Button
              type="primary"
              loading={props.busy}
              disabled={fresh === 0}
              title={fresh === 0 ? t('sheetImport.nothing') : ''}
              onClick={props.onApply}
            >
              {t('sheetImport.apply', { n: fresh })}
            </Button>
          </>
        )}
      </div>
    </>
  )
}

function Rows<Row extends ImportedRow>(props: {
  rows: readonly Row[]
  total: number
  columns: ResultProps<Row>['columns']
  why: ResultProps<Row>['why']
}) {
  const { t } = useTranslation()
  const { rows, total, columns, why } = props
  const drawn = rows.slice(0, DRAWN)
  return (
    <div className="import-scroll">
      <table className="sd-plain">
        <thead>
          <tr>
            <th>{t('sheetImport.row')}</th>
            <th>{t('sheetImport.outcome')}</th>
            {columns.map(({ title }) => (
              <th key={title}>{title}</th>
            ))}
            <th>{t('sheetImport.why')}</th>
          </tr>
        </thead>
        <tbody>
          {drawn.map((row) => (
            <tr key={row.row}>
              <td className="sd-figure">{row.row}</td>
              <td>
                <State tone={TONES[row.outcome]}>{t(`sheetImport.counts.${row.outcome}`)}</State>
              </td>
              {columns.map(({ title, cell }) => (
                <td key={title}>{cell(row)}</td>
              ))}
              <td>{row.error ? why(row.error) : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > drawn.length ? <p className="sd-quiet">{t('sheetImport.more', { n: drawn.length })}</p> : null}
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
      name: `${name}-${t('sheetImport.counts.error')}.${csv ? 'csv' : 'xlsx'}`,
      type: csv ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      base64,
    })
  return (
    <Button icon={<DownloadOutlined />} title={t('sheetImport.errorHint')} onClick={save}>
      {t('sheetImport.errorFile')}
    </Button>
  )
}
