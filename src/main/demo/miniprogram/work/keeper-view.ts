import { act, button, form, markup, type Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import type { KeeperPhone, Standing } from './keeper.ts'
import {
  correctionForm,
  correctionsPart,
  decideRow,
  loginScreen,
  projectPart,
  recordMarks,
  shiftText,
  timeField,
  whoPart,
  type Person,
} from './parts.ts'
import { RECORD, type WorkRecord } from './phone.ts'

export function keeperScreen(w: Words, phone: KeeperPhone, people: readonly Person[]): Markup {
  if (!phone.signedIn) return loginScreen(w, 'keeper', people)
  const name = phone.project?.keeperName ?? ''
  return markup`
    ${whoPart(w, 'keeper', { phone: phone.phone, name })} ${projectPart(w, 'keeper', phone)}
    ${
      phone.project &&
      markup`${gangPart(w, phone)} ${correctionsPart(w, 'keeper', phone.corrections)} ${membersPart(w, phone)}`
    }
  `
}

function gangPart(w: Words, phone: KeeperPhone): Markup {
  const { gang: words } = w.work.words
  const { gang } = phone
  const there = gang.filter(({ record }) => record !== null)
  const away = gang.filter(({ record }) => record === null)
  const count = (state: number) => there.filter(({ record }) => record?.state === state).length
  return markup`
    <h2>${words.title(phone.today)}</h2>
    <p>${gang.length === 0 ? words.none : words.sums(count(RECORD.waiting), count(RECORD.working), count(RECORD.ended))}</p>
    <table class="stack">
      ${there.map((one) => gangRow(w, one))}
    </table>
    ${
      away.length > 0 &&
      markup`<p class="quiet">
        ${words.away(away.length)}<br />${away.map(({ member }) => member.userName).join(' ')}
      </p>`
    }
  `
}

function gangRow(w: Words, { member, record }: Standing): Markup {
  if (record === null) return markup``
  return markup`<tr>
    <td>
      <b>${member.userName}</b> ${shiftText(record.checkInTime, record.checkOutTime)} ${recordMarks(w, record)}
    </td>
    <td>${gangActs(w, record)} ${correctionForm(w, 'keeper', record)}</td>
  </tr>`
}

function gangActs({ work: { words: w } }: Words, { recordId, state, forgotten }: WorkRecord): Markup {
  const { gang } = w
  if (state === RECORD.waiting) return decideRow('keeper/decide', { recordId }, gang)
  if (state === RECORD.working)
    return form(
      'keeper/end',
      markup`${timeField('at', gang.endAt)}
      ${
        forgotten &&
        markup`<label class="tick"><input type="checkbox" name="long" value="1" /> ${gang.long}</label>`
      }
      ${button(gang.end, 'plain')}`,
      { recordId },
    )
  return markup``
}

const membersPart = ({ work: { words: w } }: Words, { members }: KeeperPhone) => markup`
  <h2>${w.members.title(members.length)}</h2>
  ${form(
    'keeper/add',
    markup`<label
        >${w.members.phone} <input name="user" inputmode="numeric" pattern="1\\d{10}" required
      /></label>
      <label>${w.members.name} <input name="userName" maxlength="60" required /></label>
      ${button(w.members.add)}`,
  )}
  <details>
    <summary>${w.members.list}</summary>
    <table>
      ${members.map(
        ({ user, userName }) => markup`<tr>
          <td>${userName} ${user}</td>
          <td>${act('keeper/remove', w.members.remove, { user })}</td>
        </tr>`,
      )}
    </table>
  </details>
`
