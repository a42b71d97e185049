import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes, useLocation } from 'react-router'
import { describe, expect, it } from 'vitest'
import { standardLabels } from '#core/labels/standard.ts'
import { LabelsPage } from '../../../src/renderer/features/labels/LabelsPage.tsx'
import { PrintLabels } from '../../../src/renderer/features/labels/PrintLabels.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const settings = standardLabels('测试园区')
const rows = ['60010001', '60010002'].map((deviceCode, i) => ({
  deviceCode,
  alias: `竹园${i + 1}栋`,
  btName: `BUC_00000000000${i}`,
}))
const Where = () => {
  const { pathname, search } = useLocation()
  return <output>{pathname + search}</output>
}
const open = (url: string, change: Answers = {}, hello = HELLO) =>
  renderPart(
    <>
      <Routes>
        <Route path="/chargers/labels" element={<LabelsPage />} />
        <Route path="/chargers/labels/print" element={<PrintLabels />} />
      </Routes>
      <Where />
    </>,
    {
      url,
      hello,
      answers: {
        'labels.settings': () => settings,
        'labels.save': (input: unknown) => input,
        'devices.list': ({ deviceCodes }: { deviceCodes?: string[] }) => {
          const found = rows.filter(({ deviceCode }) => !deviceCodes || deviceCodes.includes(deviceCode))
          return { total: found.length, rows: found }
        },
        ...change,
      },
    },
  )

describe('labels', () => {
  it('keep what is chosen in the address, and begin where the small sheet is clicked', async () => {
    open('/chargers/labels?codes=60010001,60010002,999')
    expect(await screen.findByText('登记表里没有：999')).toBeTruthy()
    expect(screen.getByText(/4 个标签，1 页/)).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: '第 23 个' }))
    await userEvent.keyboard('{ArrowRight}')
    expect(await screen.findByText(/4 个标签，2 页/)).toBeTruthy()
    await userEvent.click(screen.getByText('用户码'))
    expect(await screen.findByText(/2 个标签，2 页/)).toBeTruthy()
    expect(screen.getByText(/kind=user&start=24/)).toBeTruthy()
  })

  it.each([
    [true, 4],
    [false, 0],
  ])('carry a mark where nothing is real: %s', async (demo, marks) => {
    const { container } = open('/chargers/labels/print?codes=60010001,60010002', {}, { ...HELLO, demo })
    await waitFor(() => expect(container.querySelectorAll('.label-qr')).toHaveLength(4))
    expect(container.querySelectorAll('.label-mark')).toHaveLength(marks)
  })

  it('keep a changed paper before they are printed from it', async () => {
    const page = open('/chargers/labels?codes=60010001')
    await userEvent.click(await screen.findByText('地址和纸张'))
    const shift = screen.getByLabelText(/整体右移/)
    await userEvent.clear(shift)
    await userEvent.type(shift, '0.3')
    await userEvent.click(screen.getByRole('button', { name: '打印或存为 PDF' }))
    await waitFor(() => expect(screen.getByText(/^\/chargers\/labels\/print/)).toBeTruthy())
    const [saved] = page.calls.filter(({ operation }) => operation === 'labels.save')
    expect(saved?.input).toMatchObject({
      layouts: expect.arrayContaining([expect.objectContaining({ shiftX: 0.3 })]) as unknown,
    })
  })

  it('are not printed on a paper that they do not fit', async () => {
    open('/chargers/labels?codes=60010001')
    await userEvent.click(await screen.findByText('地址和纸张'))
    const columns = screen.getByLabelText('列数')
    await userEvent.clear(columns)
    await userEvent.type(columns, '4')
    expect(await screen.findByText(/放不下/, { selector: '.sd-message' })).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '打印或存为 PDF' }).disabled).toBe(true)
  })

  it('of a run are noted there once a person says that they came out', async () => {
    const page = open('/chargers/labels/print?codes=60010001,60010002&run=r1', {
      'provisioning.get': () => ({
        devices: rows.map(({ btName }, i) => ({ name: btName, labelPrintedAt: i === 0 ? 1 : null })),
      }),
      'provisioning.labelled': () => ({ ok: true }),
    })
    await userEvent.click(await screen.findByRole('button', { name: '标签都印好了：在批次里记下（1 台）' }))
    expect(await screen.findByText('已在批次里记下')).toBeTruthy()
    const [noted] = page.calls.filter(({ operation }) => operation === 'provisioning.labelled')
    expect(noted?.input).toEqual({ id: 'r1', names: ['BUC_000000000001'] })
  })

  it('stand on pages of the paper, with no margin of the page itself', async () => {
    open('/chargers/labels/print?codes=60010001')
    await waitFor(() => expect(document.querySelectorAll('.label-qr')).toHaveLength(2))
    expect(document.querySelector('.label-paper style')?.textContent).toContain(
      'size: 210mm 297mm; margin: 0',
    )
  })
})
