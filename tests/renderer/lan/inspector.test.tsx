import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes, useLocation } from 'react-router'
import { describe, expect, it, vi } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import type { Input } from '#shared/contract/index.ts'
import { RequestPage } from '../../../src/renderer/features/lan/RequestPage.tsx'
import { RequestsPage } from '../../../src/renderer/features/lan/RequestsPage.tsx'
import { Why, type Detail } from '../../../src/renderer/features/lan/Why.tsx'
import type { Answers } from '../fake-client.ts'
import { renderPart } from '../render.tsx'
import { STATUS, WRONG } from './fixtures.ts'

const { encoding: _e, parameters: _p, signature: _s, timestampSkewS: _t, answer: _a, ...ROW } = WRONG
const text = () => document.body.textContent
type Asked = Input<'lan.requests'>

describe('the list of requests', () => {
  const rows = [ROW, { ...ROW, id: '6', endpoint: 'getSystemTime', code: 0 }]
  const list = (more: Answers = {}, url = '/') => {
    const asked: Asked[] = []
    const view = renderPart(
      <>
        <RequestsPage />
        <Address />
      </>,
      {
        url,
        answers: {
          'lan.requests': (input: Asked) => {
            asked.push(input)
            return { total: rows.length, rows: rows.slice(0, input.limit ?? 100) }
          },
          'lan.status': () => STATUS,
          'lan.request': () => WRONG,
          ...more,
        },
      },
    )
    const lists = () => asked.filter(({ limit }) => limit !== 1)
    return { ...view, asked, lists }
  }
  const Address = () => <output>{useLocation().search}</output>

  it('shows side, endpoint, result, address and time', async () => {
    list()
    const row = (await screen.findByText('getUserInfo')).closest('[role=row]')
    expect(row?.textContent).toContain('11:59:58.766')
    for (const word of ['用户端', '2 签名错误', '192.168.1.20', '1.3'])
      expect(row?.textContent).toContain(word)
  })

  it('asks again when requests came', async () => {
    const { lists, emit } = list()
    await screen.findByText('getUserInfo')
    const before = lists().length
    emit({ type: 'changed', area: 'lan' })
    await waitFor(() => expect(lists().length).toBeGreaterThan(before))
  })

  it('stands still at the newest of that moment while paused', async () => {
    const { lists } = list()
    await screen.findByText('getUserInfo')
    await userEvent.click(screen.getByRole('button', { name: /暂停/ }))
    await waitFor(() => expect(lists().at(-1)?.upTo).toBe('7'))
    expect(screen.getByText('已暂停')).toBeTruthy()
    await userEvent.keyboard('p')
    await waitFor(() => expect(screen.getByText('实时')).toBeTruthy())
  })

  it('says that newer ones came meanwhile', async () => {
    let newest = '7'
    const { emit } = list({
      'lan.requests': (input: Asked) => ({
        total: 1,
        rows: [{ ...ROW, id: input.upTo ?? newest }],
      }),
    })
    await screen.findByText('getUserInfo')
    await userEvent.keyboard('p')
    newest = '8'
    emit({ type: 'changed', area: 'lan' })
    expect(await screen.findByText('已暂停，又来了新的请求')).toBeTruthy()
  })

  it('takes its filters from the URL', async () => {
    const { lists } = list({}, '/?side=manager&code=2&failed=yes&address=192.168.1.99&endpoint=Order')
    await screen.findByText('getUserInfo')
    expect(lists().at(-1)).toMatchObject({
      side: 'manager',
      code: 2,
      failed: true,
      address: '192.168.1.99',
      endpoint: 'Order',
    })
  })

  it('puts its filters into the URL', async () => {
    list()
    await userEvent.type(await screen.findByRole('textbox', { name: '接口名' }), 'Power{Enter}')
    await waitFor(() => expect(screen.getByText('?endpoint=Power')).toBeTruthy())
  })

  it('opens one beside itself, with the way to its page', async () => {
    list()
    await userEvent.click(await screen.findByText('getUserInfo'))
    expect(await screen.findByText('参数之间多了 = 和 &')).toBeTruthy()
    expect(screen.getByRole('link', { name: '打开' }).getAttribute('href')).toBe('/lan/requests/7')
  })

  it('says why it is empty', async () => {
    list({
      'lan.requests': () => ({ total: 0, rows: [] }),
      'lan.status': () => ({ ...STATUS, state: 'off' }),
    })
    expect(await screen.findByText('服务没有开，没有请求进得来')).toBeTruthy()
  })
})

describe('why a request was refused', () => {
  const marks = (side: string) =>
    [...document.querySelectorAll(`.lan-aligned-line[data-side=${side}] mark`)].map((one) => one.textContent)

  it('is the largest sentence, with what to do', () => {
    renderPart(<Why request={WRONG} />)
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('参数之间多了 = 和 &')
    expect(text()).toContain('名称和值直接相连，一个接一个，不要任何分隔符')
  })

  it('is marked in the two texts, letter under letter', () => {
    renderPart(<Why request={WRONG} />)
    expect(marks('second').slice(0, -1).join(' ')).toBe('= & = & = & =')
    const [first, second] = [...document.querySelectorAll('.lan-aligned-line')].map((one) => one.textContent)
    expect(first).toBe('appId a appKey k●●y timestamp 1 userName 张三●')
    expect(second).toBe('appId=a&appKey=k●●y&timestamp=1&userName=张三●')
  })

  it('has both signatures, and both texts for those who listen', () => {
    renderPart(<Why request={WRONG} />)
    expect(marks('first')).toEqual(['RVhQRUNURUQ='])
    for (const one of [WRONG.signature.signed ?? '', 'R0lWRU4=', 'RVhQRUNURUQ='])
      expect(screen.getAllByText(one).length).toBeGreaterThan(0)
  })

  it('counts several', () => {
    const hints = [{ code: 'asSent' }, { code: 'separators' }]
    renderPart(<Why request={{ ...WRONG, signature: { ...WRONG.signature, hints } }} />)
    expect(text()).toContain('签名不对，2 处不同')
    expect(screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)).toEqual([
      '参数没有排序',
      '参数之间多了 = 和 &',
    ])
  })

  it.each([
    [{ code: 'otherSide', data: { side: 'manager' } }, '凭据用错了端：接口是管理端的'],
    [{ code: 'clockBehind', data: { seconds: 400 } }, '手机时钟慢了 400 秒'],
    [{ code: 'leftOut', data: { name: 'user' } }, '没有签参数 user'],
    [{ code: 'rule', data: { message: '该端口正在使用' } }, '该端口正在使用'],
    [{ code: 'ofANewerCore' }, 'ofANewerCore'],
  ])('says %o', (hint, expected) => {
    renderPart(<Why request={{ ...WRONG, signature: { ...WRONG.signature, hints: [hint] } }} />)
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe(expected)
  })

  it('names the reading that the settings accept', () => {
    const hints = [{ code: 'order', data: { wanted: 'sorted' } }]
    renderPart(<Why request={{ ...WRONG, signature: { ...WRONG.signature, hints } }} />)
    expect(text()).toContain('设置里只接受"全部按名字排序"')
  })

  it('is nothing where all went well', () => {
    const signature: Detail['signature'] = {
      ...WRONG.signature,
      variant: 'sorted plain signed hex',
      signed: WRONG.signature.expected[0]?.text ?? '',
      hints: [],
    }
    const view = renderPart(<Why request={{ ...WRONG, code: 0, signature }} />)
    expect(text()).toContain('签名正确，已受理')
    expect(document.querySelector('mark')).toBeNull()
    view.unmount()
    renderPart(<Why request={{ ...WRONG, code: 0, signature, replayed: true }} />)
    expect(text()).toContain('照那次的回答，没有再做一遍')
  })
})

describe('one request', () => {
  const one = (answer: () => unknown, more: Answers = {}) =>
    renderPart(
      <Routes>
        <Route path="/lan/requests/:id" element={<RequestPage />} />
      </Routes>,
      {
        url: '/lan/requests/7',
        answers: { 'lan.request': answer, 'lan.sign': () => ({ expected: [] }), ...more },
      },
    )

  it('has its parameters, every accepted signature and the answer', async () => {
    one(() => WRONG)
    expect(await screen.findByRole('heading', { level: 1, name: 'getUserInfo' })).toBeTruthy()
    expect(screen.getByText('慢 400 秒')).toBeTruthy()
    expect(screen.getByRole('row', { name: 'appKey k●●y' })).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: '可接受的签名' }))
    expect(screen.getByRole('heading', { name: 'timestamp 放最后' })).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: '回答' }))
    expect(text()).toContain('"message": "签名错误"')
  })

  it('fills the calculator beside it', async () => {
    const sign = vi.fn<(input: Input<'lan.sign'>) => object>(() => ({ expected: WRONG.signature.expected }))
    one(() => WRONG, { 'lan.sign': sign })
    const box = await screen.findByRole('textbox', { name: '参数' })
    expect((box as HTMLTextAreaElement).value).toBe('timestamp=1\nuserName=张三')
    await waitFor(() =>
      expect(sign).toHaveBeenCalledWith({
        side: 'user',
        parameters: [
          { name: 'timestamp', value: '1' },
          { name: 'userName', value: '张三' },
        ],
      }),
    )
    const results = await screen.findByRole('heading', { name: 'timestamp 放最后', level: 3 })
    expect(results).toBeTruthy()
  })

  it('compares a signature with those that are accepted', async () => {
    one(() => WRONG, { 'lan.sign': () => ({ expected: WRONG.signature.expected }) })
    const compare = await screen.findByRole('textbox', { name: '对照一个签名' })
    await userEvent.type(compare, 'TEFURQ==')
    expect(screen.getByText('一致：timestamp 放最后')).toBeTruthy()
    await userEvent.clear(compare)
    await userEvent.type(compare, 'nonsense')
    expect(screen.getByText('和哪一种都不一致')).toBeTruthy()
  })

  it('copies a signature that was computed', async () => {
    const user = userEvent.setup()
    one(() => WRONG, { 'lan.sign': () => ({ expected: WRONG.signature.expected }) })
    const calculator = (await screen.findByRole('heading', { name: '签名计算器' })).closest('section')
    const value = await within(calculator ?? document.body).findByText('RVhQRUNURUQ=')
    await user.click(within(value.parentElement ?? document.body).getByRole('button', { name: /复制/ }))
    expect(await navigator.clipboard.readText()).toBe('RVhQRUNURUQ=')
  })

  it('that is kept no longer is said to be gone', async () => {
    one(() => {
      throw new SitedeskError('NOT_FOUND', 'There is no request 7.')
    })
    expect(await screen.findByText('这个请求已经不在了')).toBeTruthy()
  })
})
