import { describe, expect, it } from 'vitest'
import { siteProfile } from '#shared/contract/profile.ts'

const pathsOf = (profile: unknown) =>
  (siteProfile.safeParse(profile).error?.issues ?? []).map(({ path }) => path.join('.'))

describe('the site profile', () => {
  it('refuses a name that two operators have, with its path', () => {
    const operator = (name: string) => ({ name, pin: '1234', roles: ['admin'] })
    expect(pathsOf({ operators: [operator('Ann'), operator('Bob'), operator('ann')] })).toEqual([
      'operators.2.name',
    ])
    expect(pathsOf({ operators: [operator('Ann'), operator('Bob')] })).toEqual([])
  })

  it('may name an account and leave its secret to the screen', () => {
    expect(
      pathsOf({
        upstreams: { imr: { account: 'a' }, water: { auth: { kind: 'basic', user: 'u' } } },
        lan: { manager: { appId: 'm' }, wechat: { kind: 'wechat', user: { appId: 'u' } } },
      }),
    ).toEqual([])
  })

  it('names the path of what is wrong', () => {
    expect(pathsOf({ upstreams: { imr: { baseUrl: 'ftp://127.0.0.1' } } })).toEqual(['upstreams.imr.baseUrl'])
    expect(pathsOf({ upstreams: { imr: { baseUrl: 'http://u:p@127.0.0.1' } } })).toEqual([
      'upstreams.imr.baseUrl',
    ])
    expect(pathsOf({ lan: { port: 70_000 } })).toEqual(['lan.port'])
    expect(pathsOf({ shifts: { reasonAboveFen: 1.5 } })).toEqual(['shifts.reasonAboveFen'])
    expect(pathsOf({ zone: 'Asia/Shanghai' })).toEqual(['zone'])
  })
})
