import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import type { Output } from '#shared/contract/index.ts'
import { clockHours, decimalHours } from '#shared/hours.ts'
import { lastFour } from '#shared/privacy.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { PaperHead, PaperPage, Signatures } from '../../ui/PaperPage.tsx'
import { Reading } from '../../ui/states.tsx'
import { lockStateOf } from './lock.ts'
import { partsOf, shortHours, type PaperPart, type PaperRow } from './paper.ts'
import { sheetPath } from './paths.ts'
import './timesheet-paper.css'

type Sheet = Output<'attendance.sheet'>

/** What the workers of a month sign: A4 lying, a line each, sums of every page and of all. */
export function PrintSheet() {
  const { t } = useTranslation()
  const { projectId = '', month = '' } = useParams()
  const sheet = useRead('attendance.sheet', { projectId, month }, { keepPrevious: false })
  const project = useRead('attendance.project', { projectId }, { keepPrevious: false })
  const title = t('timesheets.print.title')
  const of = sheet.data ? `${sheet.data.projectName} ${month}` : month
  return (
    <PaperPage
      landscape
      title={`${title} ${of}`}
      pdf={`${title} ${of}.pdf`}
      back={{ to: sheetPath(projectId, month), label: t('timesheets.sheet.title') }}
      ready={sheet.data !== undefined && project.data !== undefined}
    >
      <Reading read={project}>
        {(owner) => (
          <Reading read={sheet}>
            {(data) => <Pages title={title} month={month} sheet={data} project={owner} />}
          </Reading>
        )}
      </Reading>
    </PaperPage>
  )
}

interface PagesProps {
  readonly title: string
  readonly month: string
  readonly sheet: Sheet
  readonly project: AttendanceProject
}

function Pages({ title, month, sheet, project }: PagesProps) {
  const { t } = useTranslation()
  const parts = partsOf(sheet)
  const total = sheet.rows.find(({ kind }) => kind === 'total')
  return parts.map((part, i) => (
    <section className="ts-paper" key={part.rows[0]?.user ?? 'none'}>
      <PaperHead title={title} of={`${sheet.projectName} · ${month}`} />
      {i === 0 ? <Status sheet={sheet} project={project} /> : null}
      <Lines
        part={part}
        of={{ page: i + 1, pages: parts.length }}
        days={sheet.days}
        total={i === parts.length - 1 ? total : undefined}
      />
      {i === parts.length - 1 ? (
        <Signatures
          names={[
            t('timesheets.print.keeper', { name: sheet.keeperName }),
            t('timesheets.print.owner', { name: project.ownerName }),
            t('timesheets.print.date'),
          ]}
        />
      ) : null}
    </section>
  ))
}

/** Whether these figures may still change. */
function Status({ sheet, project }: Pick<PagesProps, 'sheet' | 'project'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const state = lockStateOf(project.lock, sheet.to - 1, format.now())
  const { open, pending } = sheet.totals
  return (
    <p className="ts-paper-status">
      {t(`timesheets.print.state.${state}`)}
      {open + pending > 0 ? ` ${t('timesheets.print.apart', { open, pending })}` : null}
      {sheet.limited ? ` ${t('attendance.limited')}` : null}
    </p>
  )
}

interface LinesProps {
  readonly part: PaperPart
  readonly of: { readonly page: number; readonly pages: number }
  readonly days: number
  readonly total: PaperRow | undefined
}

function Lines({ part, of, days, total }: LinesProps) {
  const { t } = useTranslation()
  return (
    <table className="ts-paper-table">
      <thead>
        <tr>
          <th scope="col">{t('attendance.person')}</th>
          {Array.from({ length: days }, (_, i) => (
            <th key={i} scope="col">
              {i + 1}
            </th>
          ))}
          <th scope="col">{t('timesheets.days')}</th>
          <th scope="col">{t('timesheets.hoursDecimal')}</th>
          <th scope="col">{t('timesheets.hoursClock')}</th>
          <th scope="col">{t('timesheets.print.sign')}</th>
        </tr>
      </thead>
      <tbody>
        {part.rows.map((row) => (
          <tr key={row.user}>
            <th scope="row">
              {row.userName} <span>{lastFour(row.user)}</span>
            </th>
            <Cells days={row.days} minutes={row.minutes} worked={row.daysWorked} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('timesheets.print.pageTotal', of)}</th>
          <Cells days={part.days} minutes={part.minutes} worked={null} />
        </tr>
        {total ? (
          <tr>
            <th scope="row">{t('timesheets.print.total')}</th>
            <Cells days={total.days} minutes={total.minutes} worked={null} />
          </tr>
        ) : null}
      </tfoot>
    </table>
  )
}

function Cells(props: { days: readonly (number | null)[]; minutes: number; worked: number | null }) {
  return (
    <>
      {props.days.map((minutes, i) => (
        <td key={i}>{shortHours(minutes)}</td>
      ))}
      <td>{props.worked}</td>
      <td>{decimalHours(props.minutes)}</td>
      <td>{clockHours(props.minutes)}</td>
      <td />
    </>
  )
}
