import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { Refusal } from '../updates/Refusal.tsx'
import { JobProgress } from './JobProgress.tsx'
import { LONG_MS } from './rows.ts'

type Measured = Output<'retention.space'>
type MeasuredFile = Measured['files'][number]

/** Less than this is not worth writing a file anew, bytes. */
const LEAST_GAIN = 1_000_000

/** What each file would lose, tried without touching it, and the way there. */
export function Shrink() {
  const { t } = useTranslation()
  const space = useRead('retention.space', {}, { everyMs: LONG_MS })
  return (
    <Panel title={t('retention.shrink.title')} purpose={t('retention.shrink.purpose')}>
      <Reading read={space} lines={3}>
        {(data) => <FilesTable data={data} />}
      </Reading>
    </Panel>
  )
}

function FilesTable({ data }: { data: Measured }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<MeasuredFile | null>(null)
  const name = useFileName()
  const columns: SheetColumn<MeasuredFile>[] = [
    { key: 'file', title: t('retention.shrink.file'), names: true, cell: name },
    { key: 'bytes', title: t('retention.shrink.bytes'), cell: (one) => formatBytes(one.ownBytes) },
    { key: 'after', title: t('retention.shrink.after'), cell: (one) => formatBytes(one.afterBytes) },
    { key: 'needs', title: t('retention.shrink.needs'), cell: (one) => formatBytes(one.needsBytes) },
    { key: 'action', cell: actionOf(data.diskFreeBytes, setChosen) },
  ]
  return (
    <>
      <div tabIndex={0} role="region" aria-label={t('retention.shrink.title')} style={{ overflowX: 'auto' }}>
        <SheetTable columns={columns} rows={data.files} rowKey={({ file }) => file} />
      </div>
      {chosen ? <ShrinkDialog file={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  )
}

const actionOf = (free: number, choose: (file: MeasuredFile) => void) =>
  function Action(file: MeasuredFile) {
    return <Begin file={file} free={free} onBegin={() => choose(file)} />
  }

function useFileName(): (file: Pick<MeasuredFile, 'file'>) => string {
  const { t } = useTranslation()
  return ({ file }) => t(file === 'site.db' ? 'system.siteFile' : 'system.historyFile')
}

function Begin({ file, free, onBegin }: { file: MeasuredFile; free: number; onBegin: () => void }) {
  const { t } = useTranslation()
  const name = useFileName()
  const { ownBytes, afterBytes, needsBytes } = file
  const short = t('retention.shrink.short', { needs: formatBytes(needsBytes), free: formatBytes(free) })
  const nothing = ownBytes - afterBytes < LEAST_GAIN ? t('retention.shrink.nothing') : null
  const reason = nothing ?? (free < needsBytes ? short : null)
  return (
    <MayButton
      operation="retention.shrink"
      reason={reason}
      size="small"
      aria-label={t('retention.shrink.aria', { file: name(file) })}
      onClick={onBegin}
    >
      {t('retention.shrink.action')}
    </MayButton>
  )
}

/** What it means for those who work, before it begins. */
function ShrinkDialog({ file, onClose }: { file: MeasuredFile; onClose: () => void }) {
  const { t } = useTranslation()
  const name = useFileName()
  const shrink = useWrite('retention.shrink')
  return (
    <Modal open title={t('retention.shrink.dialog', { file: name(file) })} footer={null} onCancel={onClose}>
      {shrink.data ? (
        <JobProgress jobId={shrink.data.id} of="retention.shrink" onClose={onClose} />
      ) : (
        <div className="sd-stack">
          <Notice>
            <strong>{t('retention.shrink.warn')}</strong>
            <span>{t(`retention.shrink.${file.file === 'site.db' ? 'site' : 'history'}`)}</span>
          </Notice>
          <p>{t('retention.shrink.safe')}</p>
          <Refusal error={shrink.error} waits={(list) => t('retention.shrink.waits', { list })} />
          <div className="sd-actions sd-actions-end">
            <Button onClick={onClose}>{t('common.action.cancel')}</Button>
            <Button
              type="primary"
              loading={shrink.isPending}
              onClick={() => shrink.mutate({ file: file.file })}
            >
              {t('retention.shrink.now')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  )
}
