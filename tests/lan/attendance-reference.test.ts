import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAPTERS, type Described, type Field } from '#main/lan/reference/endpoints.ts'
import { HOUR } from '#shared/time.ts'
import { Crew, KEEPER, OWNER, text, WORKER } from '../fixtures/attendance-crew.ts'

type Fields = Record<string, unknown>
let crew: Crew
/** what each call needs beside its examples, by the phone that makes it */
const own: Record<string, readonly [phone: string, params: Fields]> = {}

beforeAll(async () => {
  crew = await Crew.open()
  const { projectId, site } = crew
  const first = await crew.closed()
  const at = site.now - 4 * HOUR
  const asked = await crew.ok(KEEPER, 'newAttCorrection', { recordId: first, checkOutTime: text(at) })
  const recordId = await crew.checkIn()
  await crew.ok(WORKER, 'subscribeAttRecord', { recordId })
  await crew.confirm(recordId)
  site.pass(2 * HOUR)
  const days = { startDate: '20260301', endDate: '20260331' }
  const paging = { startIndex: 0, pageSize: 10 }
  Object.assign(own, {
    getAttProjectList: [OWNER, { ...paging, role: 0 }],
    getAttMemberList: [KEEPER, { ...paging, projectId }],
    getAttRecordList: [KEEPER, { ...paging, ...days, projectId, user: WORKER }],
    getAttNoticeList: [WORKER, paging],
    getAttCorrectionList: [KEEPER, { ...paging, projectId, state: 0 }],
    getAttStatistics: [KEEPER, { ...days, projectId, user: WORKER, by: 'user' }],
    newAttProject: [OWNER, { projectName: '二号楼' }],
    newAttCorrection: [KEEPER, { recordId, checkInTime: text(site.now - HOUR) }],
    decideAttCorrection: [WORKER, { correctionId: asked['correctionId'], decision: 1, reason: '对' }],
    newAttCheckOut: [KEEPER, { recordId, checkOutTime: text(site.now) }],
    newAttCheckIn: [WORKER, { projectId }],
  })
})
afterAll(() => crew.site.close())

const typesOf = (fields: readonly Field[]) =>
  Object.fromEntries(
    fields.map(({ name, type }) => [name, type === 'boolean' || type === 'string' ? type : 'number']),
  )
const typesIn = (object: Fields, but: readonly string[] = []) =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => !but.includes(name))
      .map(([name, value]) => [name, typeof value]),
  )

describe('the description of attendance', () => {
  const pages = CHAPTERS.attendance.filter(({ shape }) => shape === 'page')
  it.each(pages.map((one) => [one.name, one] as const))(
    'has every field that is answered, and its kind: %s',
    async (name, { data, totals }: Described) => {
      const [phone, params] = own[name] ?? ['', {}]
      const answered = await crew.site.call<Fields & { abstractList: Fields[] }>(phone, name, params)
      expect(answered).toMatchObject({ code: 0 })
      const [row] = answered.data.abstractList
      if (!row) throw new Error(`${name} answers no row`)
      expect(typesIn(answered.data, ['abstractList'])).toEqual(typesOf(totals))
      expect(typesIn(row)).toEqual(typesOf(data))
    },
  )

  it.each(['newAttProject', 'decideAttCorrection', 'newAttCorrection', 'newAttCheckOut', 'newAttCheckIn'])(
    'has what an action answers: %s',
    async (name) => {
      const { data } = CHAPTERS.attendance.find((one) => one.name === name) ?? { data: [] }
      const [phone, params] = own[name] ?? ['', {}]
      expect(typesIn(await crew.ok(phone, name, params))).toEqual(typesOf(data))
    },
  )

  it('knows no other numbers of a state than those that are answered', async () => {
    const paging = { startIndex: 0, pageSize: 10 }
    expect(
      await crew.no(KEEPER, 'getAttCorrectionList', { ...paging, projectId: crew.projectId, state: 4 }),
    ).toBe('3')
    expect(await crew.no(OWNER, 'getAttProjectList', { ...paging, role: 3 })).toBe('3')
  })
})
