import { act, button, form, markup, type Markup } from './markup.ts'
import type { Scanned, UserPhone } from './user.ts'
import type { Words } from './words.ts'

export interface UserChoices {
  /** people who can log in */
  readonly people: readonly { phone: string; name: string }[]
  /** labels to scan */
  readonly labels: readonly { code: string; name: string }[]
}

const yuan = (amount: number) => `¥${amount.toFixed(2)}`
const hoursOf = ({ order }: Words, unit: number) => order.hours(unit / 2)

export function userScreen(w: Words, phone: UserPhone, choices: UserChoices): Markup {
  if (!phone.signedIn) return loginScreen(w, choices)
  return markup`
    <div class="who">
      <b>${phone.name || w.noName}</b><span>${phone.phone}</span><span>${w.coins(phone.coins)}</span>
      ${act('user/logout', w.login.logout)}
    </div>
    ${payPart(w, phone)} ${phone.scanned ? chargerPart(w, phone, phone.scanned) : ''}
    ${scanPart(w, phone, choices)} ${morePart(w)}
  `
}

const loginScreen = ({ login }: Words, { people }: UserChoices) => markup`
  <h2>${login.title}</h2>
  <p>${login.people}</p>
  <div class="row">${people.map(({ phone, name }) => act('user/login', `${name} ${phone}`, { phone }))}</div>
  ${form(
    'user/login',
    markup`<label
        >${login.phone} <input name="phone" inputmode="numeric" pattern="1\\d{10}" required
      /></label>
      ${button(login.button)}`,
  )}
`

const scanPart = ({ scan }: Words, { scanned }: UserPhone, { labels }: UserChoices) => markup`
  <h2>${scanned ? scan.again : scan.title}</h2>
  <div class="row">
    ${labels.map(({ code, name }) => act('user/scan', `${name} ${code}`, { deviceCode: code }))}
  </div>
`

function chargerPart(w: Words, { ordered }: UserPhone, scanned: Scanned): Markup {
  const { deviceName, deviceCode, btName, charged, unitPrice, ports } = scanned
  const { charger } = w
  return markup`
    <section>
      <h2>${deviceName} <small>${deviceCode}</small></h2>
      <p><code>${btName}</code> · ${charged ? charger.perHalfHour(yuan(unitPrice)) : charger.free}</p>
      ${ports ? portRow(w, ports) : markup`<p class="bad">${charger.notRead}</p>`}
      ${ordered ? orderedPart(w, ordered) : orderForm(w, scanned)} ${act('user/ports', charger.readAgain)}
    </section>
  `
}

const stateOf = (minutes: number) => (minutes === 0 ? 'free' : minutes === 999 ? 'broken' : 'busy')

function portRow({ charger }: Words, ports: readonly number[]): Markup {
  const says = (minutes: number) => {
    const state = stateOf(minutes)
    return state === 'busy'
      ? charger.minutes(minutes)
      : state === 'free'
        ? charger.portFree
        : charger.portBroken
  }
  return markup`
    <div class="ports">
      ${ports.map(
        (minutes, i) => markup`<span class="${stateOf(minutes)}"><b>${i + 1}</b>${says(minutes)}</span>`,
      )}
    </div>
  `
}

const orderForm = (w: Words, { ports, maxUnit }: Scanned) =>
  form(
    'user/order',
    markup`
      <h3>${w.order.title}</h3>
      <label
        >${w.order.port}
        <select name="port">
          ${[1, 2, 3, 4].map(
            (port) =>
              markup`<option value="${port}">
                ${port}${ports && ports[port - 1] !== 0 ? w.order.busy : ''}
              </option>`,
          )}
        </select></label
      >
      <label
        >${w.order.time}
        <select name="unit">
          ${Array.from(
            { length: maxUnit },
            (_, i) => markup`<option value="${i + 1}">${hoursOf(w, i + 1)}</option>`,
          )}
        </select></label
      >
      ${button(w.order.button)}
    `,
  )

const orderedPart = (w: Words, ordered: NonNullable<UserPhone['ordered']>) => markup`
  <h3>${w.power.title}</h3>
  <p>
    <code>${ordered.orderId}</code>
    ${w.power.of(ordered.port, hoursOf(w, ordered.unit), yuan(ordered.money))}
  </p>
  ${
    ordered.powered
      ? markup`<p class="good">${w.power.on(ordered.port)}</p>`
      : markup`<div class="row">
          ${form('user/power', button(w.power.button))} ${act('user/cancel', w.power.cancel)}
        </div>`
  }
`

function payPart(w: Words, { open, coins }: UserPhone): Markup {
  if (!open) return markup``
  const most = Math.min(coins, Math.floor(open.money))
  const { pay } = w
  return markup`
    <section class="due">
      <h2>${pay.title}</h2>
      <p>
        ${pay.due} <b>${yuan(open.money)}</b><br />
        ${pay.of(open.deviceName, open.port, hoursOf(w, open.unit), open.orderTime)}
      </p>
      ${form(
        'user/pay',
        markup`<label
            >${pay.coins} <input name="coins" type="number" min="0" max="${most}" value="${most}"
          /></label>
          ${button(pay.button)}`,
      )}
      ${act('user/ask', pay.ask)}
      <p class="quiet">${pay.cash}</p>
    </section>
  `
}

const morePart = ({ more }: Words) => markup`
  <h2>${more.title}</h2>
  <div class="row">
    ${form(
      'user/rename',
      markup`<label>${more.name} <input name="userName" maxlength="20" required /></label>
        ${button(more.save, 'plain')}`,
    )}
    ${form(
      'user/coins',
      markup`<label>${more.coins} <input name="pmoney" type="number" min="1" max="100" value="10" /></label>
        ${button(more.buy, 'plain')}`,
    )}
  </div>
`
