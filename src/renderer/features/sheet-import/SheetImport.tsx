import { Button, Modal } from 'antd'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { MOST_FILE_BYTES } from '#shared/uploads.ts'
import { base64Of, fileFault } from '../batch/read-file.ts'
import { TemplateButton, type TemplateWrite } from './TemplateButton.tsx'
import { ImportResult, type Imported, type ImportedRow, type ResultColumn } from './ImportResult.tsx'
import type { SheetFile } from './use-import.ts'
import './sheet-import.css'

/** What `useWrite` gives for the area's own import. */
interface Write<I, O> {
  readonly data: O | undefined
  readonly error: unknown
  readonly isPending: boolean
  mutate(input: I): void
  reset(): void
}

export interface SheetImportProps<Row extends ImportedRow> {
  readonly title: string
  /** what the sheet has to have */
  readonly hint: string
  /** two of the same: a dry run, and the import */
  readonly judge: Write<SheetFile, Imported<Row>>
  readonly apply: Write<SheetFile, Imported<Row>>
  readonly template: TemplateWrite
  readonly columns: readonly ResultColumn<Row>[]
  /** while a long list is judged or taken: how far, and how to stop */
  readonly progress?: ReactNode
  /** which column is wrong, and why */
  readonly why: (error: { readonly column: string; readonly code: string }) => string
}

/** A sheet is judged first; nothing changes before that was seen. */
export function SheetImport<Row extends ImportedRow>(
  props: SheetImportProps<Row> & { readonly open: boolean; readonly onClose: () => void },
) {
  const { judge, apply } = props
  const close = () => {
    judge.reset()
    apply.reset()
    props.onClose()
  }
  return (
    <Modal open={props.open} title={props.title} footer={null} width={820} onCancel={close} destroyOnHidden>
      <Wizard {...props} onClose={close} />
    </Modal>
  )
}

function Wizard<Row extends ImportedRow>(props: SheetImportProps<Row> & { readonly onClose: () => void }) {
  const { judge, apply } = props
  const [sheet, setSheet] = useState<SheetFile | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const reset = () => {
    judge.reset()
    apply.reset()
    setSheet(null)
    setFailed(null)
  }
  const take = async (file: File) => {
    reset()
    if (file.size > MOST_FILE_BYTES) return setFailed('tooBig')
    try {
      const next = { fileName: file.name.slice(0, 200), base64: await base64Of(file) }
      setSheet(next)
      judge.mutate(next)
    } catch (error) {
      setFailed(error)
    }
  }
  const result = apply.data ?? judge.data
  const error = failed ?? apply.error ?? judge.error
  return (
    <div className="sd-stack">
      {result && sheet ? (
        <ImportResult
          result={result}
          fileName={sheet.fileName}
          columns={props.columns}
          why={props.why}
          done={apply.data !== undefined}
          busy={apply.isPending}
          onApply={() => apply.mutate(sheet)}
          onOther={reset}
          onClose={props.onClose}
        />
      ) : (
        <Choose
          hint={props.hint}
          busy={judge.isPending}
          template={<TemplateButton template={props.template} />}
          onFile={(file) => void take(file)}
        />
      )}
      {props.progress}
      {error ? <Refused error={error} /> : null}
    </div>
  )
}

function Choose({
  hint,
  busy,
  template,
  onFile,
}: {
  hint: string
  busy: boolean
  template: ReactNode
  onFile: (file: File) => void
}) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <section
      className="import-drop"
      aria-label={t('sheetImport.drop')}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <strong>{t(busy ? 'sheetImport.checking' : 'sheetImport.drop')}</strong>
      <p className="sd-quiet">{hint}</p>
      <div className="sd-actions">
        {template}
        <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
          {t('sheetImport.choose')}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('sheetImport.choose')}
        accept=".xlsx,.csv,.txt"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
    </section>
  )
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (error === 'tooBig') return <Notice tone="bad">{t('sheetImport.tooBig')}</Notice>
  const refused = fileFault(error)
  if (!refused) return <ErrorState error={error} safe={t('sheetImport.safe')} />
  return (
    <Notice tone="bad">
      <strong>{t(`sheetImport.file.${refused.fault}`, refused)}</strong>
      <span>{t('sheetImport.safe')}</span>
    </Notice>
  )
}
