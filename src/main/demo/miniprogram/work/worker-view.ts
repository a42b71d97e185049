import { act, button, form, markup, type Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import {
  brief,
  correctionForm,
  correctionsPart,
  loginScreen,
  projectPart,
  recordMarks,
  shiftText,
  timeField,
  whoPart,
  type Person,
} from './parts.ts'
import { RECORD, type WorkRecord } from './phone.ts'
import type { WorkerPhone } from './worker.ts'

export function workerScreen(w: Words, phone: WorkerPhone, people: readonly Person[]): Markup {
  if (!phone.signedIn) return loginScreen(w, 'worker', people)
  return markup`
    ${whoPart(w, 'worker', phone)} ${projectPart(w, 'worker', phone)}
    ${
      phone.project &&
      markup`${shiftPart(w, phone)} ${correctionsPart(w, 'worker', phone.corrections)} ${recordsPart(w, phone)}`
    }
    ${noticesPart(w, phone)} ${phone.project && !phone.left && act('worker/leave', w.work.words.leave)}
  `
}

function shiftPart({ work: { words: w } }: Words, { open, left }: WorkerPhone): Markup {
  const { checkIn } = w
  if (left) return markup`<p class="quiet">${checkIn.left}</p>`
  if (open === null)
    return form(
      'worker/checkin',
      markup`<h3>${checkIn.title}</h3>
        ${timeField('at', checkIn.at)} ${button(checkIn.button)}`,
    )
  if (open.state === RECORD.working)
    return markup`<section class="due"><p>${checkIn.runs(brief(open.checkInTime))}</p></section>`
  return markup`<section class="due">
    <p>${checkIn.waits(brief(open.checkInTime))}</p>
    ${openActs(w, open)}
  </section>`
}

const openActs = ({ checkIn }: Words['work']['words'], { recordId, subscribed }: WorkRecord) => markup`
  <div class="row">
    ${act('worker/cancel', checkIn.cancel, { recordId })}
    ${
      subscribed
        ? markup`<span class="good">${checkIn.subscribed}</span>`
        : act('worker/subscribe', checkIn.subscribe, { recordId })
    }
  </div>
`

function recordsPart(w: Words, { records, limited }: WorkerPhone): Markup {
  const { words } = w.work
  return markup`
    <h2>${words.records.title}</h2>
    ${records.length === 0 && markup`<p class="quiet">${words.records.none}</p>`}
    <table class="stack">
      ${records.map(
        (record) => markup`<tr>
          <td>${shiftText(record.checkInTime, record.checkOutTime)} ${recordMarks(w, record)}</td>
          <td>${correctionForm(w, 'worker', record)}</td>
        </tr>`,
      )}
    </table>
    ${limited && markup`<p class="quiet">${words.limited}</p>`}
  `
}

function noticesPart({ work: { words: w } }: Words, { notices }: WorkerPhone): Markup {
  if (notices.length === 0) return markup``
  return markup`
    <h2>${w.notices.title}</h2>
    <table>
      ${notices.map(
        ({ projectName, checkInTime, state, reason }) => markup`<tr>
          <td>${w.notices.of(projectName, brief(checkInTime))}</td>
          <td><b>${w.states[state] ?? ''}</b> <small>${reason}</small></td>
        </tr>`,
      )}
    </table>
  `
}
