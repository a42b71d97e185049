import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead, useWrite } from '../../../api/queries.ts'
import { useWhyNot } from '../../../app/why-not.tsx'
import { Figure } from '../../../ui/figures.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { EmptyState, Reading, WithReason } from '../../../ui/states.tsx'
import { Refused } from '../Refused.tsx'
import { ProfessionDialog, type Editing } from './ProfessionDialog.tsx'
import '../charging.css'

export type Profession = Output<'professions.list'>['rows'][number]

/** What users can say they are (U-07). */
export function ProfessionsPage() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<Editing | null>(null)
  const why = useWhyNot('professions.save')
  const list = useRead('professions.list', {})
  return (
    <div className="sd-page">
      <PageHead
        title={t('charging.professions.title')}
        purpose={t('charging.professions.purpose')}
        actions={
          <WithReason reason={why}>
            <Button type="primary" disabled={why !== null} onClick={() => setEditing({ kind: 'new' })}>
              {t('charging.professions.add')}
            </Button>
          </WithReason>
        }
      />
      <Reading read={list}>
        {({ rows }) => (
          <>
            {rows.length === 0 ? (
              <EmptyState what={t('charging.professions.empty')} todo={t('charging.professions.emptyTodo')} />
            ) : (
              <ProfessionTable
                rows={rows}
                why={why}
                onRename={(profession) => setEditing({ kind: 'rename', profession })}
              />
            )}
            <ProfessionDialog editing={editing} rows={rows} onClose={() => setEditing(null)} />
          </>
        )}
      </Reading>
    </div>
  )
}

function ProfessionTable(props: {
  rows: readonly Profession[]
  why: string | null
  onRename: (profession: Profession) => void
}) {
  const { t } = useTranslation()
  const remove = useWrite('professions.remove')
  return (
    <section className="sd-panel cg-narrow">
      <Refused error={remove.error} />
      <table className="sd-sheet">
        <thead>
          <tr>
            <th scope="col">{t('charging.professions.id')}</th>
            <th scope="col" data-align="left">
              {t('charging.professions.name')}
            </th>
            <th scope="col">{t('charging.professions.users')}</th>
            <th scope="col" aria-label={t('charging.abnormal.fix')} />
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.professionId}>
              <td>{row.professionId}</td>
              <td data-align="left">{row.professionName}</td>
              <td>
                <Figure value={row.users} />
              </td>
              <td>
                <span className="sd-actions sd-actions-end">
                  <WithReason reason={props.why}>
                    <Button size="small" disabled={props.why !== null} onClick={() => props.onRename(row)}>
                      {t('charging.professions.rename')}
                    </Button>
                  </WithReason>
                  <Remove
                    row={row}
                    why={props.why}
                    onRemove={() => remove.mutate({ professionId: row.professionId })}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Remove({ row, why, onRemove }: { row: Profession; why: string | null; onRemove: () => void }) {
  const { t } = useTranslation()
  const reason = why ?? (row.users > 0 ? t('charging.professions.inUse', { n: row.users }) : null)
  return (
    <WithReason reason={reason}>
      <Popconfirm
        title={`${t('charging.professions.remove')} ${row.professionName}`}
        description={t('charging.professions.removeAsk')}
        okText={t('charging.professions.remove')}
        cancelText={t('common.action.cancel')}
        disabled={reason !== null}
        onConfirm={onRemove}
      >
        <Button size="small" disabled={reason !== null}>
          {t('charging.professions.remove')}
        </Button>
      </Popconfirm>
    </WithReason>
  )
}
