import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { LongList } from '#main/json.ts'
import { LongAnswers, type LongAnswer } from '#main/lan/long-answers.ts'
import { Turns } from '#main/lan/turns.ts'

const PHONE = '10.0.0.7'
const list = (parts: Iterable<unknown[]>) => ({
  code: 0,
  message: '成功',
  data: { list: new LongList(parts) },
})

const unasked = () => Promise.reject(new Error('asked again'))

/** Asks for a list that says how often it was made; `answer` is what came of it. */
function asking(answers: LongAnswers, address: string, parts: () => Iterable<unknown[]> = () => [[1], [2]]) {
  const asked = { again: 0, gone: false, answer: undefined as LongAnswer | null | undefined }
  const again = () => {
    asked.again += 1
    return Promise.resolve(list(parts()))
  }
  const over = (async () => {
    asked.answer = await answers.make(await again(), again, { address, gone: () => asked.gone })
  })()
  return Object.assign(asked, { over })
}

async function quiet(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await nextTurn()
}

describe('long answers', () => {
  it('are what JSON.stringify says of the whole list', async () => {
    const answers = new LongAnswers(new Turns())
    const asker = { address: PHONE, gone: () => false }
    const made = await answers.make(list([[1, { a: '二' }], [], [3]]), unasked, asker)
    expect(made?.bytes.toString()).toBe('{"code":0,"message":"成功","data":{"list":[1,{"a":"二"},3]}}')
    made?.sent()
    const empty = await answers.make(list([[]]), unasked, asker)
    expect(empty?.bytes.toString()).toBe('{"code":0,"message":"成功","data":{"list":[]}}')
  })

  it('go to one address one at a time, the next when the one before was sent, as it is by then', async () => {
    const answers = new LongAnswers(new Turns())
    const first = asking(answers, PHONE)
    const second = asking(answers, PHONE)
    const other = asking(answers, '10.0.0.8')
    await quiet()
    expect([first.again, second.again, other.again]).toEqual([1, 1, 1])
    expect(second.answer).toBeUndefined()
    expect(other.answer).toBeTruthy()
    first.answer?.sent()
    await second.over
    expect(second.again).toBe(2)
    expect(second.answer?.bytes.toString()).toContain('[1,2]')
  })

  it('go to two addresses at once, and who has gone takes nobody’s turn', async () => {
    const answers = new LongAnswers(new Turns())
    const [a, b, c, d] = ['1', '2', '3', '4'].map((address) => asking(answers, address))
    await quiet()
    expect([a, b, c, d].map((one) => Boolean(one?.answer))).toEqual([true, true, false, false])
    if (c) c.gone = true
    a?.answer?.sent()
    await Promise.all([c?.over, d?.over])
    expect(c?.answer).toBeNull()
    expect(d?.answer).toBeTruthy()
  })

  it('end where who asked goes, or the list cannot be read; the next has its turn', async () => {
    const answers = new LongAnswers(new Turns())
    let read = 0
    const leaving = asking(answers, PHONE, function* () {
      for (;;) {
        read += 1
        if (read === 3) leaving.gone = true
        yield [read]
      }
    })
    await leaving.over
    expect(leaving.answer).toBeNull()
    expect(read).toBe(3)
    const broken = asking(answers, PHONE, function* () {
      yield [1]
      throw new Error('unreadable')
    })
    await expect(broken.over).rejects.toThrow('unreadable')
    const next = asking(answers, PHONE)
    await next.over
    expect(next.answer).toBeTruthy()
  })
})

it('who has had his share of a turn waits for another one, those behind him too', async () => {
  const turns = new Turns()
  const order: string[] = []
  setImmediate(() => order.push('others'))
  const work = (name: string) =>
    turns.run(() => {
      order.push(name)
      const began = performance.now()
      while (performance.now() - began < 10);
    })
  await Promise.all([work('first'), work('second'), work('third')])
  expect(order).toEqual(['first', 'others', 'second', 'third'])
})
