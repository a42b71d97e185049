import { act, button, form, markup, type Markup } from './markup.ts'
import type { ManagerPhone } from './manager.ts'
import type { Words } from './words.ts'

export interface ManagerChoices {
  readonly people: readonly { phone: string; name: string }[]
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const yuan = (value: unknown) => `¥${(typeof value === 'number' ? value : 0).toFixed(2)}`

export function managerScreen(w: Words, phone: ManagerPhone, { people }: ManagerChoices): Markup {
  if (!phone.signedIn)
    return markup`
      <h2>${w.login.title}</h2>
      <div class="row">
        ${people.map(({ phone: number, name }) => act('manager/login', `${name} ${number}`, { phone: number }))}
      </div>
    `
  return markup`
    <div class="who"><b>${w.manager}</b><span>${phone.phone}</span>${act('manager/logout', w.login.logout)}</div>
    ${devicesPart(w, phone)} ${blacklistPart(w, phone)} ${incomePart(w, phone)}
  `
}

const devicesPart = ({ boss }: Words, { devices }: ManagerPhone) => markup`
  <h2>${boss.chargers}</h2>
  ${form(
    'manager/bind',
    markup`<label>${boss.code} <input name="deviceCode" maxlength="8" required /></label> ${button(boss.bind)}`,
  )}
  <table>
    ${devices.map((device) => {
      const deviceCode = text(device.deviceCode)
      const enabled = device.state === 0
      return markup`<tr>
        <td>${text(device.deviceName)} <small>${deviceCode}</small></td>
        <td>
          ${form('manager/price', priceField(boss, device.unitPrice), { deviceCode })}
        </td>
        <td>${act('manager/enable', enabled ? boss.disable : boss.enable, { deviceCode, on: enabled ? '' : '1' })}</td>
        <td>${act('manager/unbind', boss.unbind, { deviceCode })}</td>
      </tr>`
    })}
  </table>
`

const priceField = (boss: Words['boss'], unitPrice: unknown) => markup`
  <input
    name="unitPrice"
    aria-label="${boss.price}"
    type="number"
    step="0.01"
    min="0"
    max="8"
    value="${text(unitPrice)}"
  />
  ${button(boss.setPrice, 'plain')}
`

const blacklistPart = ({ boss }: Words, { blacklist }: ManagerPhone) => markup`
  <h2>${boss.blacklist}</h2>
  ${form('manager/block', markup`<label>${boss.userPhone} <input name="user" required /></label> ${button(boss.block)}`)}
  <table>
    ${blacklist.map(
      ({ user, userName, setupTime }) =>
        markup`<tr>
          <td>${text(userName)} ${text(user)}</td>
          <td>${text(setupTime)}</td>
          <td>${act('manager/unblock', boss.unblock, { user: text(user) })}</td>
        </tr>`,
    )}
  </table>
`

const incomePart = ({ boss }: Words, { income, cashOuts, phone }: ManagerPhone) => markup`
  <h2>${boss.income}</h2>
  <p>
    ${boss.open(text(income.count), yuan(income.money), yuan(income.service))} <b>${yuan(income.cash)}</b>
  </p>
  ${form(
    'manager/withdraw',
    markup`<label>${boss.bank} <input name="bankName" value="${boss.bankOf}" required /></label>
      <label>${boss.holder} <input name="bankUser" value="${boss.holderOf(phone.slice(-4))}" required /></label>
      <label>${boss.account} <input name="bankCode" value="6200000000000000001" required /></label>
      ${button(boss.withdraw)}`,
  )}
  <table>
    ${cashOuts.map(
      (one) =>
        markup`<tr>
          <td><code>${text(one.cashOutId)}</code></td>
          <td>${yuan(one.cash)}</td>
          <td>${boss.states[text(one.state)] ?? ''} ${text(one.reason)}</td>
          <td>${text(one.cashOutTime)}</td>
        </tr>`,
    )}
  </table>
`
