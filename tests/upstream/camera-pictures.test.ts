import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchImage, imageType } from '#core/pictures/index.ts'
import { createHttp } from '#main/adapters/http.ts'
import { cameraRow, openCameraSite, PIXEL, type CameraSite } from '../fixtures/camera-site.ts'
import { meterRow } from '../fixtures/imr-vendor.ts'

interface PictureServer {
  readonly url: string
  readonly asked: { path: string; headers: IncomingHttpHeaders }[]
  close(): Promise<void>
}

/** Answers as good and bad hosts of pictures do. */
async function pictureServer(elsewhere: () => string): Promise<PictureServer> {
  const asked: PictureServer['asked'] = []
  const server: Server = createServer((request, response) => {
    const path = String(request.url)
    asked.push({ path, headers: request.headers })
    const to = (location: string) => response.writeHead(302, { location }).end()
    if (path === '/good.png')
      return response.writeHead(200, { 'set-cookie': 'a=b', 'content-type': 'text/plain' }).end(PIXEL)
    if (path === '/page.png')
      return response.writeHead(200, { 'content-type': 'image/png' }).end('<script>1</script>')
    if (path === '/drawing.svg') return response.end('<svg xmlns="http://www.w3.org/2000/svg"/>')
    if (path === '/moved') return to('/good.png')
    if (path === '/away') return to(`${elsewhere()}/good.png`)
    if (path === '/round') return to('/round')
    if (path === '/script') return to('javascript:alert(1)')
    if (path === '/big') {
      response.write(PIXEL)
      for (let i = 0; i < 11; i++) response.write(Buffer.alloc(1024 * 1024))
      return response.end()
    }
    return response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

describe('a picture (I-29)', () => {
  let own: PictureServer
  let foreign: PictureServer
  beforeAll(async () => {
    own = await pictureServer(() => foreign.url)
    foreign = await pictureServer(() => own.url)
  })
  afterAll(() => Promise.all([own.close(), foreign.close()]))
  beforeEach(() => void (foreign.asked.length = 0))

  const http = createHttp()
  const get = (url: string, hosts: string[] = []) => fetchImage(http, url, { base: `${own.url}/api`, hosts })
  const problem = async (url: string, hosts?: string[]) => {
    const fetched = await get(url, hosts)
    return fetched.ok ? 'ok' : fetched.problem
  }

  it('comes from the vendor’s own host, whatever it is called, without a cookie', async () => {
    for (let i = 0; i < 2; i++)
      expect(await get(`${own.url}/good.png`)).toMatchObject({ ok: true, type: 'image/png' })
    expect(own.asked.at(-1)?.headers).not.toHaveProperty('cookie')
    expect(own.asked.at(-1)?.headers).not.toHaveProperty('referer')
  })

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'ftp://127.0.0.1/a.png',
    '//127.0.0.1/a.png',
    'good.png',
    '',
  ])('is not asked for at %s', async (url) => {
    expect(await problem(url)).toBe('address')
  })

  it('is not asked for with a password in its address, nor at a host that nobody approved', async () => {
    expect(await problem(own.url.replace('//', '//a:b@') + '/good.png')).toBe('address')
    expect(await problem(`${foreign.url}/good.png`)).toBe('host')
    // the name of this machine is another host than its number, as another port is another program
    expect(await problem(`${own.url.replace('127.0.0.1', 'localhost')}/good.png`)).toBe('host')
    expect(foreign.asked).toEqual([])
    expect(await problem(`${foreign.url}/good.png`, [new URL(foreign.url).host])).toBe('ok')
  })

  it('follows a redirect within its host only, and not for ever', async () => {
    expect(await problem(`${own.url}/moved`)).toBe('ok')
    const approved = [new URL(foreign.url).host]
    expect(await problem(`${own.url}/away`, approved)).toBe('redirect')
    expect(foreign.asked).toEqual([])
    expect(await problem(`${own.url}/script`)).toBe('redirect')
    expect(await problem(`${own.url}/round`)).toBe('redirect')
  })

  it('is refused when it is too big, no picture, or not there', async () => {
    expect(await problem(`${own.url}/big`)).toBe('tooLarge')
    expect(await problem(`${own.url}/page.png`)).toBe('notAnImage')
    expect(await problem(`${own.url}/drawing.svg`)).toBe('notAnImage')
    expect(await problem(`${own.url}/none`)).toBe('status')
    const { url, close } = await pictureServer(() => '')
    await close()
    expect(await problem(`${url}/good.png`, [new URL(url).host])).toBe('unreachable')
  })

  it('is known by its first bytes', () => {
    const of = (...bytes: number[]) => imageType(Uint8Array.from(bytes))
    expect(of(0xff, 0xd8, 0xff, 0xe0)).toBe('image/jpeg')
    expect(of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61)).toBe('image/gif')
    expect(of(0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50)).toBe('image/webp')
    expect(of(0x89, 0x50)).toBeNull()
    expect(of()).toBeNull()
  })
})

describe('the cache of pictures', () => {
  let site: CameraSite
  afterEach(() => site.close())
  const METER = '00000000001'
  const idOf = (daysAgo: number) => `imr:${METER}@${site.ago(daysAgo)}`
  const folder = () => join(site.directory, 'images')
  const open = async (camera: object) => {
    site = await openCameraSite({ camera, sync: { everyMinutes: 0, historyDays: 10 } })
    site.vendor.meters = [meterRow(METER)]
    site.vendor.camera = [8, 6, 4, 2].map((day) =>
      cameraRow(METER, site.ago(day), `${100 - day}`, { imageUrl: `${site.vendor.url}/${day}.png` }),
    )
    for (const day of [8, 6, 4, 2]) site.vendor.pictures.set(`/${day}.png`, PIXEL)
    await site.sync()
    await site.fetched()
  }

  it('fills after a sync, keeps to its age, and serves with no vendor there', async () => {
    await open({ imageDays: 7 })
    // the newest first, nothing that is too old
    expect(site.vendor.seen).toEqual(['/2.png', '/4.png', '/6.png'])
    await site.vendor.close()
    const image = await site.call('camera.image', { imageId: idOf(4) })
    expect(image).toEqual({ imageId: idOf(4), type: 'image/png', base64: PIXEL.toString('base64') })
    await expect(site.call('camera.image', { imageId: idOf(8) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(readdirSync(folder())).toHaveLength(3)
    const rows = await site.images()
    expect(rows.map(({ file, reasons }) => [file, reasons])).toEqual([
      ['dropped', []],
      ['held', []],
      ['held', []],
      ['held', []],
    ])
  })

  it('keeps to its size: the oldest go, and an older one does not push out newer', async () => {
    await open({})
    expect(readdirSync(folder())).toHaveLength(4)
    const big = Buffer.concat([PIXEL, Buffer.alloc(600 * 1024)])
    site.vendor.pictures.set('/new.png', big)
    site.vendor.pictures.set('/newer.png', big)
    site.vendor.camera = ['newer', 'new'].map((name, i) =>
      cameraRow(METER, site.ago(1, 12 - i), '120', { imageUrl: `${site.vendor.url}/${name}.png` }),
    )
    await site.call('settings.update', { changes: { 'camera.cacheMb': 1 } })
    await site.sync()
    await site.fetched()
    const files = (await site.images()).map(({ file }) => file)
    expect(files).toEqual(['held', 'held', 'held', 'held', 'dropped', 'held'])
    expect((await site.call('camera.summary', {})).pictures.bytes).toBeLessThan(1024 * 1024)
  })

  it('asks again for what somebody took from the folder, and for what a new host allows', async () => {
    await open({})
    for (const file of readdirSync(folder())) rmSync(join(folder(), file))
    writeFileSync(join(folder(), 'strange'), '')
    await expect(site.call('camera.image', { imageId: idOf(2) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await site.call('settings.update', { changes: { 'camera.imageHosts': ['pictures.example'] } })
    await site.fetched()
    expect((await site.call('camera.image', { imageId: idOf(2) })).type).toBe('image/png')
    expect(existsSync(join(folder(), 'strange'))).toBe(true)
  })
})
