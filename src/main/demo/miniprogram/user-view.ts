import { act, button, form, markup, type Markup } from './markup.ts'
import type { Scanned, UserPhone } from './user.ts'

export interface UserChoices {
  /** people who can log in */
  readonly people: readonly { phone: string; name: string }[]
  /** labels to scan */
  readonly labels: readonly { code: string; name: string }[]
}

const yuan = (amount: number) => `¥${amount.toFixed(2)}`
const hours = (unit: number) => `${unit / 2} 小时`

export function userScreen(phone: UserPhone, choices: UserChoices): Markup {
  if (!phone.signedIn) return loginScreen(choices)
  return markup`
    <div class="who">
      <b>${phone.name || '未填写姓名'}</b><span>${phone.phone}</span><span>${phone.coins} 电币</span>
      ${act('user/logout', '退出')}
    </div>
    ${payPart(phone)} ${phone.scanned ? chargerPart(phone, phone.scanned) : ''} ${scanPart(phone, choices)}
    ${morePart()}
  `
}

const loginScreen = ({ people }: UserChoices) => markup`
  <h2>1 登录</h2>
  <p>以下人员是演示数据；也可以用一个新号码登录。</p>
  <div class="row">${people.map(({ phone, name }) => act('user/login', `${name} ${phone}`, { phone }))}</div>
  ${form(
    'user/login',
    markup`<label>手机号 <input name="phone" inputmode="numeric" pattern="1\\d{10}" required /></label>
      ${button('授权手机号登录')}`,
  )}
`

const scanPart = ({ scanned }: UserPhone, { labels }: UserChoices) => markup`
  <h2>2 扫码${scanned ? '另一台' : ''}</h2>
  <div class="row">
    ${labels.map(({ code, name }) => act('user/scan', `${name} ${code}`, { deviceCode: code }))}
  </div>
`

function chargerPart({ ordered }: UserPhone, scanned: Scanned): Markup {
  const { deviceName, deviceCode, btName, charged, unitPrice, ports } = scanned
  return markup`
    <section>
      <h2>${deviceName} <small>${deviceCode}</small></h2>
      <p><code>${btName}</code> · ${charged ? `${yuan(unitPrice)} / 30 分钟` : '免费'}</p>
      ${ports ? portRow(ports) : markup`<p class="bad">还没有读到端口状态</p>`}
      ${ordered ? orderedPart(ordered) : orderForm(scanned)} ${act('user/ports', '重新读取端口（蓝牙）')}
    </section>
  `
}

const portRow = (ports: readonly number[]) => markup`
  <div class="ports">
    ${ports.map(
      (minutes, i) =>
        markup`<span class="${minutes === 0 ? 'free' : minutes === 999 ? 'broken' : 'busy'}"
          ><b>${i + 1}</b>${minutes === 0 ? '空闲' : minutes === 999 ? '故障' : `${minutes} 分`}</span
        >`,
    )}
  </div>
`

const orderForm = ({ ports, maxUnit }: Scanned) =>
  form(
    'user/order',
    markup`
      <h3>3 选端口和时长</h3>
      <label
        >端口
        <select name="port">
          ${[1, 2, 3, 4].map(
            (port) =>
              markup`<option value="${port}">
                ${port}${ports && ports[port - 1] !== 0 ? '（占用）' : ''}
              </option>`,
          )}
        </select></label
      >
      <label
        >时长
        <select name="unit">
          ${Array.from({ length: maxUnit }, (_, i) => markup`<option value="${i + 1}">${hours(i + 1)}</option>`)}
        </select></label
      >
      ${button('下单')}
    `,
  )

const orderedPart = ({ orderId, port, unit, money, powered }: NonNullable<UserPhone['ordered']>) => markup`
  <h3>4 通电</h3>
  <p>账单 <code>${orderId}</code>：端口 ${port}，${hours(unit)}，${yuan(money)}</p>
  ${
    powered
      ? markup`<p class="good">端口 ${port} 已通电</p>`
      : markup`<div class="row">
          ${form('user/power', button('通电（蓝牙）'))} ${act('user/cancel', '取消账单')}
        </div>`
  }
`

function payPart({ open, coins }: UserPhone): Markup {
  if (!open) return markup``
  const most = Math.min(coins, Math.floor(open.money))
  return markup`
    <section class="due">
      <h2>5 付款</h2>
      <p>
        待支付 <b>${yuan(open.money)}</b>：${open.deviceName} 端口
        ${open.port}，${hours(open.unit)}，${open.orderTime}
      </p>
      ${form(
        'user/pay',
        markup`<label>用电币 <input name="coins" type="number" min="0" max="${most}" value="${most}" /></label>
          ${button('支付')}`,
      )}
      ${act('user/ask', '付好了吗（查询支付结果）')}
      <p class="quiet">现金部分由服务台在“充电运营 → 账单”里确认收款，然后再查询。</p>
    </section>
  `
}

const morePart = () => markup`
  <h2>更多</h2>
  <div class="row">
    ${form('user/rename', markup`<label>姓名 <input name="userName" maxlength="20" required /></label> ${button('保存', 'plain')}`)}
    ${form(
      'user/coins',
      markup`<label>买电币 <input name="pmoney" type="number" min="1" max="100" value="10" /></label>
        ${button('购买', 'plain')}`,
    )}
  </div>
`
