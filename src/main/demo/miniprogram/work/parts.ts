import { act, button, form, markup, type Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import type { WorkWords } from './words.ts'
import { ASKED_BY, RECORD, type Correction, type WorkPhone, type WorkRecord } from './phone.ts'

export type Role = 'worker' | 'keeper'

export interface Person {
  readonly phone: string
  readonly name: string
}

export const loginScreen = (w: Words, role: Role, people: readonly Person[]) => markup`
  <h2>${w.work[role]}</h2>
  <p>${w.work.words.login}</p>
  <div class="row">
    ${people.map(({ phone, name }) => act(`${role}/login`, `${name} ${phone}`, { phone }))}
  </div>
  ${form(
    `${role}/login`,
    markup`<label
        >${w.login.phone} <input name="phone" inputmode="numeric" pattern="1\\d{10}" required
      /></label>
      ${button(w.login.button)}`,
  )}
`

export const whoPart = (w: Words, role: Role, { phone, name }: Person) => markup`
  <div class="who"><b>${name}</b><span>${phone}</span>${act(`${role}/logout`, w.login.logout)}</div>
`

/** Which project: one is chosen, the others are buttons. */
export function projectPart({ work: { words: w } }: Words, role: Role, phone: WorkPhone): Markup {
  const { projects, project } = phone
  if (!project) return markup`<p class="quiet">${w.noProjects}</p>`
  const { keeper, keeperName } = project
  const others = projects.filter(({ projectId }) => projectId !== project.projectId)
  return markup`
    <h2>${project.projectName}</h2>
    <p class="quiet">${keeper === '' ? w.noKeeper : w.keeperIs(keeperName, keeper)}</p>
    ${
      others.length > 0 &&
      markup`<div class="row">
        ${others.map(({ projectId, projectName }) => act(`${role}/project`, projectName, { projectId }))}
      </div>`
    }
  `
}

/** `2026-03-02 07:52:10` → `03-02 07:52` */
export const brief = (time: string): string => time.slice(5, 16)
const timeOfDay = (time: string) => time.slice(11, 16)

/** `03-02 07:52–17:30`, without an end while it is open; the end with its day where that is another. */
export function shiftText(checkIn: string, checkOut: string): string {
  if (checkOut === '') return brief(checkIn)
  const sameDay = checkIn.slice(0, 10) === checkOut.slice(0, 10)
  return `${brief(checkIn)}–${sameDay ? timeOfDay(checkOut) : brief(checkOut)}`
}

const MOOD = { [RECORD.waiting]: 'warn', [RECORD.rejected]: 'bad' } as const

/** State, hours, and what is loud about a record. */
export function recordMarks({ work: { words: w } }: Words, record: WorkRecord): Markup {
  const mood = record.state === RECORD.waiting || record.state === RECORD.rejected ? MOOD[record.state] : ''
  return markup`
    <span class="${mood}">${w.states[record.state] ?? ''}</span>
    ${record.state === RECORD.ended && markup`<b>${w.hours(record.minutes)}</b>`}
    ${record.forgotten && markup`<span class="bad">${w.forgotten}</span>`}
    ${record.late && markup`<span class="bad">${w.late}</span>`}
    ${record.corrected > 0 && markup`<small>${w.corrected(record.corrected)}</small>`}
    ${record.correctionId !== '' && markup`<small>${w.correction.waits}</small>`}
    ${record.reason !== '' && markup`<small>${record.reason}</small>`}
  `
}

const mayCorrect = ({ state, correctionId }: WorkRecord) =>
  (state === RECORD.working || state === RECORD.ended) && correctionId === ''

/** Opened only by who wants it. */
export function correctionForm({ work: { words: w } }: Words, role: Role, record: WorkRecord): Markup {
  if (!mayCorrect(record)) return markup``
  const { recordId, checkInTime, checkOutTime } = record
  const { correction } = w
  return markup`<details>
    <summary>${correction.propose}</summary>
    ${form(
      `${role}/correct`,
      markup`${timeField('checkIn', correction.checkIn, checkInTime)}
        ${checkOutTime !== '' && timeField('checkOut', correction.checkOut, checkOutTime)}
        <label>${correction.note} <input name="note" maxlength="200" /></label> ${button(correction.send)}`,
      { recordId },
    )}
  </details>`
}

export const timeField = (name: string, label: string, time = '') => markup`
  <label>${label} <input name="${name}" type="datetime-local" value="${time.slice(0, 16).replace(' ', 'T')}" /></label>
`

/** Old and new in one line; those that wait for this side first. */
export function correctionsPart(w: Words, role: Role, corrections: readonly Correction[]): Markup {
  const { correction } = w.work.words
  return markup`
    <h2>${correction.title}</h2>
    ${corrections.length === 0 && markup`<p class="quiet">${correction.none}</p>`}
    ${corrections
      .toSorted((a, b) => Number(isOwn(role, a)) - Number(isOwn(role, b)))
      .map((one) => waiting(w, role, one))}
  `
}

/** The day only where it is another. */
function proposed({ oldCheckInTime, checkInTime, checkOutTime }: Correction): string {
  const text = shiftText(checkInTime, checkOutTime)
  return oldCheckInTime.slice(0, 10) === checkInTime.slice(0, 10) ? text.slice('03-02 '.length) : text
}

/** asked for by this side of it */
const isOwn = (role: Role, { byRole }: Correction) => byRole === ASKED_BY[role]

function waiting({ work: { words: w } }: Words, role: Role, one: Correction): Markup {
  const { correctionId, userName, note } = one
  const own = isOwn(role, one)
  const by = one.byRole === ASKED_BY.keeper ? w.correction.byKeeper : w.correction.byWorker
  return markup`<section class="${own ? '' : 'due'}">
    <p>
      ${role === 'keeper' && markup`<b>${userName}</b> `}${shiftText(one.oldCheckInTime, one.oldCheckOutTime)} →
      <b class="times">${proposed(one)}</b><br />
      <small>${own ? w.correction.byYou : by}${note === '' ? '' : ` · ${note}`}</small>
    </p>
    ${own ? act(`${role}/withdraw`, w.correction.withdraw, { correctionId }) : decideForms(w, role, correctionId)}
  </section>`
}

const decideForms = ({ correction }: WorkWords, role: Role, correctionId: string) =>
  decideRow(`${role}/answer`, { correctionId }, correction)

/** Yes at once; no with a reason. */
export const decideRow = (
  action: string,
  what: Readonly<Record<string, string>>,
  words: Pick<WorkWords['correction'], 'accept' | 'reject' | 'reason'>,
) => markup`
  <div class="row decide">
    ${form(action, button(words.accept), { ...what, yes: '1' })}
    ${form(
      action,
      markup`<input name="reason" aria-label="${words.reason}" placeholder="${words.reason}" maxlength="200" />
        ${button(words.reject, 'plain')}`,
      what,
    )}
  </div>
`
