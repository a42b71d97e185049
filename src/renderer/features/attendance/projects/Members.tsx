import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { useWrite } from '../../../api/queries.ts'
import { useMay } from '../../../app/site.tsx'
import type { Column, RowOf } from '../../../ui/column.ts'
import { Facts, Time } from '../../../ui/figures.tsx'
import type { Filter } from '../../../ui/filters.ts'
import { ListPart } from '../../../ui/ListPart.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { ImportPeople } from '../../timesheets/ImportPeople.tsx'
import { recordsPath } from '../paths.ts'
import { Person } from '../Person.tsx'
import { PersonSheet } from '../PersonSheet.tsx'
import { Sheet } from '../Sheet.tsx'

type Member = RowOf<'attendance.members'>

/** Workers of a project; its keeper adds and removes them. */
export function Members({ project }: { project: AttendanceProject }) {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(() => memberColumns(t, phones), [t, phones])
  const { projectId } = project
  return (
    <div className="att-members">
      <header className="sd-panel-head">
        <h2>{t('attendance.members.title')}</h2>
        <span className="sd-actions">
          <FromSheet project={project} />
          <AddMember project={project} />
        </span>
      </header>
      <ListPart
        operation="attendance.members"
        label={t('attendance.members.title')}
        columns={columns}
        filters={memberFilters(t)}
        input={({ query, removed }) => ({
          projectId,
          ...(query ? { query: query.slice(0, 60) } : {}),
          ...(removed === 'yes' || removed === 'no' ? { removed: removed === 'yes' } : {}),
        })}
        rowKey={(row) => row.user}
        export="attendance.members"
        exportName={`${project.projectName} ${t('attendance.members.title')}`}
        empty={{ what: t('attendance.members.empty'), todo: t('attendance.members.emptyTodo') }}
        lines={10}
        drawer={{
          title: (row) => row.userName,
          body: memberBody(project),
        }}
      />
    </div>
  )
}

const memberFilters = (t: TFunction): readonly Filter[] => [
  { kind: 'search', key: 'query', label: t('attendance.members.search'), width: 180 },
  {
    kind: 'select',
    key: 'removed',
    label: t('attendance.members.which'),
    width: 150,
    options: [
      { value: 'no', label: t('attendance.members.nowOnly') },
      { value: 'yes', label: t('attendance.members.removedOnly') },
    ],
  },
]

const memberColumns = (t: TFunction, phones: boolean): readonly Column<Member>[] => [
  { key: 'userName', title: t('attendance.name'), width: 120 },
  {
    key: 'user',
    title: t('attendance.phone'),
    width: 120,
    render: (row) => <Person name="" phone={row.user} />,
    export: phones ? { format: 'text' } : false,
  },
  {
    key: 'addedAt',
    title: t('attendance.members.addedAt'),
    width: 110,
    render: (row) => <Time at={row.addedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'removedAt',
    title: t('attendance.members.removedAt'),
    width: 110,
    render: (row) => <Time at={row.removedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'known',
    title: t('attendance.members.known'),
    width: 100,
    render: (row) => knownText(t, row),
    export: {
      format: 'text',
      words: { true: t('attendance.members.knownYes'), false: t('attendance.members.knownNo') },
    },
  },
]

const knownText = (t: TFunction, { known }: Member) =>
  known ? t('attendance.members.knownYes') : t('attendance.members.knownNo')

function whyNot({ deletedAt, roles }: AttendanceProject): 'projectDeleted' | 'notKeeper' | null {
  if (deletedAt !== null) return 'projectDeleted'
  return roles.includes('keeper') ? null : 'notKeeper'
}

/** The keeper's, and the desk's for him. */
function FromSheet({ project }: { project: AttendanceProject }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const may = useMay('attendance', 'supervisor') || project.roles.includes('keeper')
  if (!may || project.deletedAt !== null) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('timesheets.importer.open')}</Button>
      <ImportPeople
        projectId={project.projectId}
        projectName={project.projectName}
        open={open}
        onClose={() => setOpen(false)}
      />
    </>
  )
}

function AddMember({ project }: { project: AttendanceProject }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  const add = useWrite('attendance.addMember', { onSuccess: close })
  const why = whyNot(project)
  return (
    <>
      <WithReason reason={why === null ? null : t(`attendance.reason.${why}`)}>
        <Button disabled={why !== null} onClick={() => setAsking(true)}>
          {t('attendance.members.add')}
        </Button>
      </WithReason>
      {asking ? (
        <PersonSheet
          title={t('attendance.members.add')}
          text={t('attendance.members.addText')}
          busy={add.isPending}
          error={add.error}
          onSure={({ phone: user, name: userName }) =>
            add.mutate({ projectId: project.projectId, user, userName })
          }
          onClose={() => {
            add.reset()
            close()
          }}
        />
      ) : null}
    </>
  )
}

const memberBody = (project: AttendanceProject) => (row: Member) => (
  <MemberDrawer project={project} member={row} />
)

function MemberDrawer({ project, member }: { project: AttendanceProject; member: Member }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      {member.removedAt === null ? <RemoveMember project={project} member={member} /> : null}
      <Facts
        facts={[
          {
            label: t('attendance.person'),
            value: <Person name={member.userName} phone={member.user} whole />,
          },
          { label: t('attendance.members.known'), value: knownText(t, member) },
          { label: t('attendance.members.addedAt'), value: <Time at={member.addedAt} /> },
          { label: t('attendance.members.removedAt'), value: <Time at={member.removedAt} /> },
        ]}
      />
      <Link to={recordsPath({ project: project.projectId, user: member.user })}>
        {t('attendance.members.records')}
      </Link>
    </div>
  )
}

function RemoveMember({ project, member }: { project: AttendanceProject; member: Member }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const remove = useWrite('attendance.deleteMember', { onSuccess: () => setAsking(false) })
  const why = whyNot(project)
  return (
    <div className="sd-actions">
      <WithReason reason={why === null ? null : t(`attendance.reason.${why}`)}>
        <Button disabled={why !== null} onClick={() => setAsking(true)}>
          {t('attendance.members.remove')}
        </Button>
      </WithReason>
      <Sheet
        title={asking ? t('attendance.members.remove') : null}
        facts={[
          {
            label: t('attendance.person'),
            value: <Person name={member.userName} phone={member.user} whole />,
          },
          { label: t('attendance.project'), value: project.projectName },
        ]}
        text={t('attendance.members.removeText')}
        action={t('attendance.members.remove')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onSure={() => remove.mutate({ projectId: project.projectId, user: member.user })}
        onClose={() => {
          remove.reset()
          setAsking(false)
        }}
      />
    </div>
  )
}
