import { describe, expect, it } from 'vitest'
import {
  judgeRows,
  lineOf,
  namesOf,
  nextCode,
  numberRows,
  rowOfName,
  rowsFrom,
  typedCode,
  type Judged,
} from '../../../src/renderer/features/provisioning/draft.ts'
import { questionsOf, shownOf } from '../../../src/renderer/features/provisioning/questions.ts'
import { statesOf, tuneOf } from '../../../src/renderer/features/provisioning/sound.ts'
import { stagesOf } from '../../../src/renderer/features/provisioning/stages.ts'
import { HELLO } from '../render.tsx'
import { asking, device, NAMES, run, stepsAt } from './fixtures.ts'

const [A, B, C] = NAMES
const verdict = (line: number, change: Partial<Judged> = {}): Judged => ({
  line,
  text: A,
  deviceCode: null,
  name: A,
  alias: '',
  state: 'badCode',
  manager: null,
  registered: false,
  ...change,
})

describe('the list of a new run', () => {
  it('takes names of the address once, and leaves out what is none', () => {
    expect(namesOf(`${A},buc_00000000000a,x,${B}`)).toEqual([A, B])
    expect(namesOf(null)).toEqual([])
  })

  it('asks for a line by code and name, or by the text that says neither', () => {
    const row = rowOfName(A, [])
    expect(lineOf(row)).toBe(A)
    expect(lineOf({ ...row, deviceCode: '7' })).toBe(`7 ${A}`)
    expect(lineOf({ ...row, name: '', text: '???' })).toBe('???')
  })

  it('fills in what the registry knows, and says "no code" where only that is missing', () => {
    const rows = [rowOfName(A, [])]
    expect(judgeRows(rows, [verdict(1)])[0]).toMatchObject({ state: 'noCode', deviceCode: '' })
    const known = verdict(1, { deviceCode: '60010001', alias: '东门', state: 'ready', registered: true })
    expect(judgeRows(rows, [known])[0]).toMatchObject({
      state: 'ready',
      deviceCode: '60010001',
      alias: '东门',
    })
  })

  it('does not apply a verdict to a row that reads otherwise by now', () => {
    const rows = [{ ...rowOfName(A, []), deviceCode: '1' }]
    expect(judgeRows(rows, [verdict(1, { state: 'ready' })])[0]?.state).toBe('checking')
  })

  it('adds a line that is there already only once', () => {
    const before = [rowOfName(A, [])]
    const read = [verdict(1), verdict(2, { name: B, text: B }), verdict(3, { name: B, text: B })]
    expect(rowsFrom(read, before).map(({ name }) => name)).toEqual([B])
  })

  it('keeps lines that say nothing, to be mended', () => {
    const read = [verdict(1, { name: null, text: '???' }), verdict(2, { name: null, text: '!!!' })]
    expect(rowsFrom(read, []).map(({ text }) => text)).toEqual(['???', '!!!'])
  })

  it('takes the code out of a scanned address', () => {
    expect(typedCode('https://127.0.0.1/bind?deviceCode=60010007')).toBe('60010007')
    expect(typedCode(' 60010007 ')).toBe('60010007')
  })

  it('counts on with the zeros in front, past codes that are no numbers', () => {
    expect(nextCode(['A1', '00000099', '00000012'])).toBe('00000100')
    expect(nextCode(['99999999'])).toBe('')
    expect(nextCode([])).toBe('00000001')
  })

  it('numbers only rows without a code, and passes over codes in use', () => {
    const rows = judgeRows(
      [rowOfName(A, []), { ...rowOfName(B, []), key: 2 }, { ...rowOfName(C, []), key: 3, deviceCode: '12' }],
      [],
    )
    const codes = numberRows(rows, '10', ['11'])
    expect([...codes]).toEqual([
      [1, '10'],
      [2, '13'],
    ])
  })
})

describe('stages', () => {
  it('make one of the steps of a test, with how far it is', () => {
    const stages = stagesOf(device(A, { steps: stepsAt('test3.on') }))
    expect(stages.find(({ stage }) => stage === 'test')).toEqual({
      stage: 'test',
      state: 'running',
      parts: { done: 2, of: 4 },
    })
    expect(stages.map(({ state }) => state).slice(0, 5)).toEqual(Array(5).fill('passed'))
  })

  it('do not count ports that are not tested', () => {
    const steps = stepsAt('registered').map((step) =>
      /^test[234]/.test(step.step) ? { step: step.step, state: 'skipped' as const } : step,
    )
    expect(stagesOf({ steps }).find(({ stage }) => stage === 'test')).toMatchObject({
      state: 'passed',
      parts: { done: 1, of: 1 },
    })
    const none = steps.map((step) =>
      step.step.startsWith('test') ? { step: step.step, state: 'skipped' as const } : step,
    )
    expect(stagesOf({ steps: none }).find(({ stage }) => stage === 'test')?.state).toBe('skipped')
  })
})

describe('the question that stands large', () => {
  const now = HELLO.now
  const both = run([asking(A, 1, now + 50_000), asking(B, 2, now + 10_000)])

  it('is that of the light that goes out first', () => {
    expect(questionsOf(both).map((asked) => asked.device.name)).toEqual([B, A])
    expect(shownOf(both, null, now)).toMatchObject({ kind: 'question', asked: { device: { name: B } } })
  })

  it('stays with the charger in hand', () => {
    const focus = { name: A, answeredAt: now }
    expect(shownOf(both, focus, now)).toMatchObject({ asked: { device: { name: A } } })
    const working = run([device(A, { state: 'running' }), asking(B, 2)])
    expect(shownOf(working, focus, now + 1000)).toMatchObject({ kind: 'working', device: { name: A } })
  })

  it('goes on to the others when the charger in hand takes its time or has come to its end', () => {
    const focus = { name: A, answeredAt: now }
    const working = run([device(A, { state: 'running' }), asking(B, 2)])
    expect(shownOf(working, focus, now + 60_000)).toMatchObject({ asked: { device: { name: B } } })
    const passed = run([device(A, { state: 'passed' }), asking(B, 2)])
    expect(shownOf(passed, focus, now)).toMatchObject({ asked: { device: { name: B } } })
    expect(shownOf(run([device(A, { state: 'passed' })]), focus, now)).toEqual({ kind: 'none' })
  })
})

describe('sounds', () => {
  it('say the worst of what changed, and nothing of what stands', () => {
    const before = [device(A, { state: 'running' }), device(B, { state: 'running' }), device(C)]
    const states = statesOf(before)
    expect(tuneOf(states, before)).toBeNull()
    const after = [device(A, { state: 'passed' }), device(B, { state: 'failed' }), device(C)]
    expect(tuneOf(states, after)).toBe('failed')
    expect(tuneOf(states, [device(A, { state: 'passed' }), before[1] ?? device(B)])).toBe('passed')
  })

  it('tell the next question of a charger from the one before', () => {
    expect(tuneOf(statesOf([asking(A, 1)]), [asking(A, 2)])).toBe('asking')
    expect(tuneOf(statesOf([asking(A, 1)]), [asking(A, 1)])).toBeNull()
  })
})
