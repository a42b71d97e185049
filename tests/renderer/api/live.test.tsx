import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useRead, useWrite } from '../../../src/renderer/api/queries.ts'
import type { JobRow } from '../../../src/shared/contract/jobs.ts'
import { SitedeskError } from '../../../src/shared/errors.ts'
import { renderPart } from '../render.tsx'

const job = (done: number, state: JobRow['state'] = 'running'): JobRow => ({
  id: 'j1',
  kind: 'sync.imr',
  spec: {},
  state,
  step: null,
  done,
  total: 10,
  error: null,
  report: [],
  startedBy: null,
  createdAt: 0,
  updatedAt: 0,
  endedAt: null,
  resumable: false,
})

function Jobs() {
  const jobs = useRead('jobs.list', {})
  return <output>{jobs.data?.rows.map((row) => `${row.state} ${row.done}`).join(', ') ?? 'waiting'}</output>
}

function Settings() {
  const settings = useRead('settings.get', {})
  const save = useWrite('settings.update')
  return (
    <button type="button" onClick={() => save.mutate({ changes: {} })}>
      {settings.data?.values.siteName ?? 'waiting'}
    </button>
  )
}

const settings = (siteName: string) => ({
  values: { siteName },
  fixed: [],
  secretsSet: [],
  keyProtection: [],
  changedAt: null,
})

describe('what is on the screen', () => {
  it('follows a job by its events, without asking again', async () => {
    const page = renderPart(<Jobs />, { answers: { 'jobs.list': () => ({ total: 1, rows: [job(1)] }) } })
    await screen.findByText('running 1')
    act(() => page.emit({ type: 'job', job: job(7) }))
    await screen.findByText('running 7')
    expect(page.calls).toHaveLength(1)
    page.stop()
  })

  it('asks again when its area changed', async () => {
    let name = 'one'
    const page = renderPart(<Settings />, { answers: { 'settings.get': () => settings(name) } })
    await screen.findByText('one')
    name = 'two'
    act(() => page.emit({ type: 'changed', area: 'settings' }))
    await screen.findByText('two')
    page.stop()
  })

  it('asks again after a lost connection is back', async () => {
    let name = 'one'
    const page = renderPart(<Settings />, { answers: { 'settings.get': () => settings(name) } })
    await screen.findByText('one')
    name = 'two'
    act(() => page.become('lost'))
    act(() => page.become('open'))
    await screen.findByText('two')
    page.stop()
  })

  it('asks who is signed in when a call is refused for want of a session', async () => {
    const refuse = () => {
      throw new SitedeskError('SESSION_REQUIRED', 'Sign in first.')
    }
    let asked = 0
    function Who() {
      const hello = useRead('system.hello', {})
      return <output>{hello.data?.version}</output>
    }
    const both = (
      <>
        <Who />
        <Settings />
      </>
    )
    const page = renderPart(both, {
      answers: {
        'settings.get': () => settings('one'),
        'settings.update': refuse,
        'system.hello': () => ({ version: `asked ${++asked}` }),
      },
    })
    await screen.findByText('asked 1')
    act(() => screen.getByText('one').click())
    await screen.findByText('asked 2')
    page.stop()
  })
})
