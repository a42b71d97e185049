import { act, button, form, markup, type Markup } from './markup.ts'
import type { ManagerPhone } from './manager.ts'

export interface ManagerChoices {
  readonly people: readonly { phone: string; name: string }[]
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const yuan = (value: unknown) => `¥${(typeof value === 'number' ? value : 0).toFixed(2)}`

export function managerScreen(phone: ManagerPhone, { people }: ManagerChoices): Markup {
  if (!phone.signedIn)
    return markup`
      <h2>登录</h2>
      <div class="row">
        ${people.map(({ phone: number, name }) => act('manager/login', `${name} ${number}`, { phone: number }))}
      </div>
    `
  return markup`
    <div class="who"><b>管理员</b><span>${phone.phone}</span>${act('manager/logout', '退出')}</div>
    ${devicesPart(phone)} ${blacklistPart(phone)} ${incomePart(phone)}
  `
}

const devicesPart = ({ devices }: ManagerPhone) => markup`
  <h2>充电器</h2>
  ${form(
    'manager/bind',
    markup`<label>设备号 <input name="deviceCode" maxlength="8" required /></label> ${button('绑定')}`,
  )}
  <table>
    ${devices.map((device) => {
      const deviceCode = text(device.deviceCode)
      const enabled = device.state === 0
      return markup`<tr>
        <td>${text(device.deviceName)} <small>${deviceCode}</small></td>
        <td>
          ${form(
            'manager/price',
            markup`<input
                name="unitPrice"
                type="number"
                step="0.01"
                min="0"
                max="8"
                value="${text(device.unitPrice)}"
              />
              ${button('定价', 'plain')}`,
            { deviceCode },
          )}
        </td>
        <td>${act('manager/enable', enabled ? '禁用' : '启用', { deviceCode, on: enabled ? '' : '1' })}</td>
        <td>${act('manager/unbind', '解绑', { deviceCode })}</td>
      </tr>`
    })}
  </table>
`

const blacklistPart = ({ blacklist }: ManagerPhone) => markup`
  <h2>黑名单</h2>
  ${form('manager/block', markup`<label>用户手机号 <input name="user" required /></label> ${button('加入')}`)}
  <table>
    ${blacklist.map(
      ({ user, userName, setupTime }) =>
        markup`<tr>
          <td>${text(userName)} ${text(user)}</td>
          <td>${text(setupTime)}</td>
          <td>${act('manager/unblock', '移出', { user: text(user) })}</td>
        </tr>`,
    )}
  </table>
`

const STATES: Readonly<Record<string, string>> = { '0': '已到账', '1': '失败', '2': '待处理' }

const incomePart = ({ income, cashOuts, phone }: ManagerPhone) => markup`
  <h2>收入</h2>
  <p>
    可提现 ${text(income.count)} 笔 ${yuan(income.money)}，手续费 ${yuan(income.service)}，到账
    <b>${yuan(income.cash)}</b>
  </p>
  ${form(
    'manager/withdraw',
    markup`<label>银行 <input name="bankName" value="演示农商银行" required /></label>
      <label>户名 <input name="bankUser" value="管理员${phone.slice(-4)}" required /></label>
      <label>账号 <input name="bankCode" value="6200000000000000001" required /></label> ${button('提现')}`,
  )}
  <table>
    ${cashOuts.map(
      (one) =>
        markup`<tr>
          <td><code>${text(one.cashOutId)}</code></td>
          <td>${yuan(one.cash)}</td>
          <td>${STATES[text(one.state)] ?? ''} ${text(one.reason)}</td>
          <td>${text(one.cashOutTime)}</td>
        </tr>`,
    )}
  </table>
`
