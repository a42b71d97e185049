import { App, Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/contract/define.ts'
import type { Output } from '#shared/contract/index.ts'
import { groupOf, PERMISSION_AREAS, type PermissionGroup, type Reach } from '#shared/permissions.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { ErrorState, Notice, Reading, WithReason } from '../../ui/states.tsx'
import './permissions.css'

type Line = Output<'operators.permissions'>['groups'][number]
type Cell = Line['roles'][number]
type Change = (group: PermissionGroup, role: Role, reach: Reach) => void

/** The administrator's column would be "all" everywhere: he is never limited. */
const COLUMNS: readonly Role[] = ['supervisor', 'cashier', 'installer', 'meters', 'attendance', 'viewer']
const ORDER = ['none', 'own', 'all'] as const satisfies readonly Reach[]

/** What each role may do, line by line; a change holds at once. */
export function PermissionsPage() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const table = useRead('operators.permissions', {})
  const save = useWrite('operators.setPermissions')
  const narrowed = (table.data?.groups ?? []).flatMap(({ group, roles }) =>
    roles.filter(({ reach }) => reach !== 'all').map(({ role }) => ({ group, role, reach: 'all' as const })),
  )
  const reason = useWhyNot('operators.setPermissions')
  const reset = () =>
    save.mutate(
      { changes: narrowed },
      { onSuccess: () => void message.info(t('operators.permissions.resetDone')) },
    )
  return (
    <div className="sd-page">
      <PageHead
        title={t('operators.permissions.title')}
        purpose={t('operators.permissions.purpose')}
        actions={
          <WithReason reason={reason}>
            <Button disabled={reason !== null || narrowed.length === 0} onClick={reset}>
              {t('operators.permissions.reset')}
            </Button>
          </WithReason>
        }
      />
      {reason === null ? null : <Notice tone="neutral">{reason}</Notice>}
      {save.error ? <ErrorState error={save.error} /> : null}
      <Reading read={table} lines={16}>
        {({ groups }) => (
          <Matrix
            groups={groups}
            disabled={reason !== null || save.isPending}
            onChange={(group, role, reach) => save.mutate({ changes: [{ group, role, reach }] })}
          />
        )}
      </Reading>
    </div>
  )
}

interface MatrixProps {
  readonly groups: readonly Line[]
  readonly disabled: boolean
  readonly onChange: Change
}

function Matrix({ groups, disabled, onChange }: MatrixProps) {
  const { t } = useTranslation()
  return (
    <div className="op-matrix" tabIndex={0} role="region" aria-label={t('operators.permissions.title')}>
      <table className="sd-sheet">
        <thead>
          <tr>
            <th scope="col" data-align="left">
              {t('operators.permissions.operation')}
            </th>
            {COLUMNS.map((role) => (
              <th key={role} scope="col" data-align="left">
                {t(`common.role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        {PERMISSION_AREAS.map((area) => (
          <tbody key={area}>
            <tr>
              <th scope="rowgroup" colSpan={COLUMNS.length + 1} className="op-matrix-area">
                {t(`operators.permissions.area.${area}`)}
              </th>
            </tr>
            {groups
              .filter(({ group }) => groupOf(group).area === area)
              .map((line) => (
                <MatrixLine key={line.group} line={line} disabled={disabled} onChange={onChange} />
              ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

function MatrixLine({ line, disabled, onChange }: Omit<MatrixProps, 'groups'> & { readonly line: Line }) {
  const { t } = useTranslation()
  const name = t(`operators.permissions.group.${line.group}`)
  return (
    <tr>
      <th scope="row">{name}</th>
      {COLUMNS.map((role) => {
        const cell = line.roles.find((one) => one.role === role)
        return (
          <td key={role} data-align="left">
            {cell ? (
              <ReachField
                label={t('operators.permissions.cell', { role: t(`common.role.${role}`), group: name })}
                choices={choicesOf(line.group, cell)}
                reach={cell.reach}
                disabled={disabled}
                onChange={(reach) => onChange(line.group, role, reach)}
              />
            ) : (
              <span className="sd-quiet" title={t('operators.permissions.notInRole')}>
                —
              </span>
            )}
          </td>
        )
      })}
    </tr>
  )
}

/** What this cell can be: `own` where there is such a thing, and no less than the role needs. */
const choicesOf = (group: PermissionGroup, { least }: Cell): Reach[] =>
  ORDER.filter(
    (reach) =>
      ORDER.indexOf(reach) >= ORDER.indexOf(least) && (reach !== 'own' || groupOf(group).own === true),
  ).toReversed()

function ReachField(props: {
  readonly label: string
  readonly choices: readonly Reach[]
  readonly reach: Reach
  readonly disabled: boolean
  readonly onChange: (reach: Reach) => void
}) {
  const { t } = useTranslation()
  return (
    <Select<Reach>
      size="small"
      className="op-matrix-cell"
      aria-label={props.label}
      value={props.reach}
      disabled={props.disabled}
      onChange={props.onChange}
      options={props.choices.map((value) => ({ value, label: t(`operators.permissions.reach.${value}`) }))}
    />
  )
}
