import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Licences } from '../../../src/renderer/features/system/Licences.tsx'
import { renderPart } from '../render.tsx'

const LIST = [
  { name: 'antd', version: '6.6.8', licence: 'MIT', text: 'Permission is granted' },
  { name: 'echarts', version: '6.0.0', licence: 'Apache-2.0', text: '' },
]

const saved: Blob[] = []
beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(LIST)))
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob)
    return 'blob:licences'
  })
})
afterEach(() => {
  saved.length = 0
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function Page() {
  return (
    <>
      <Licences />
      <output>{useLocation().search}</output>
    </>
  )
}

it('finds by name or licence, keeps that in the URL, and saves what was found with its terms', async () => {
  renderPart(<Page />, { url: '/licences' })
  await screen.findByText('antd')
  await userEvent.type(screen.getByRole('textbox'), 'mit{Enter}')
  await waitFor(() => expect(screen.queryByText('echarts')).toBeNull())
  expect(screen.getByRole('status').textContent).toBe('?query=mit')
  await userEvent.click(screen.getByRole('button', { name: /导出/ }))
  expect(await saved[0]?.text()).toBe('antd 6.6.8 · MIT\n\nPermission is granted')
})

it('shows what an address asks for', async () => {
  renderPart(<Page />, { url: '/licences?query=apache' })
  await screen.findByText('echarts')
  expect(screen.queryByText('antd')).toBeNull()
})
