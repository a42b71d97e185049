import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UpdateHost } from '#core/updates/index.ts'
import { updateTools } from '#main/adapters/updates.ts'
import { newKey, signManifest } from '../../../scripts/sign-update.ts'

type Manifest = Parameters<typeof signManifest>[0]

export const PUBLISHER = newKey()
export const STRANGER = newKey()
/** Large enough to come in several pieces. */
export const INSTALLER = Buffer.alloc(300_000, 'sitedesk ')

const shaOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

export const manifestOf = (change: Partial<Manifest> = {}, bytes = INSTALLER): Manifest => ({
  format: 1,
  version: '1.1.0',
  notes: { zh: '修了毛病', en: 'Mended' },
  files: [
    {
      platform: 'linux',
      arch: 'x64',
      kind: 'deb',
      name: 'SiteDesk-1.1.0-linux-amd64.deb',
      size: bytes.length,
      sha256: shaOf(bytes),
    },
  ],
  ...change,
})

export const signed = (change: Partial<Manifest> = {}, key = PUBLISHER.privateKey) =>
  signManifest(manifestOf(change), key)

/** A copy of version 1.0.0 from a deb on Linux, and the installers it started. */
export function testHost(change: Partial<UpdateHost> = {}) {
  const started: string[] = []
  const host: UpdateHost = {
    ...updateTools,
    publicKey: PUBLISHER.publicKey,
    platform: 'linux',
    arch: 'x64',
    kind: 'deb',
    install: async (path, prove) => {
      await prove(path)
      started.push(path)
    },
    ...change,
  }
  return { host, started }
}

/** A folder as it is shared on the network, or carried on a stick. */
export function sharedFolder(document: string, installer: Buffer | null = INSTALLER) {
  const path = mkdtempSync(join(tmpdir(), 'sitedesk-update-'))
  writeFileSync(join(path, 'update.json'), document)
  if (installer) writeFileSync(join(path, 'SiteDesk-1.1.0-linux-amd64.deb'), installer)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A feed on loopback: answers as the test says, by path. */
export async function startFeed(answers: Record<string, Answer>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim())
    const answer = answers[request.url ?? '']
    if (answer) return answer(request, response)
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    asked,
    url: `http://127.0.0.1:${port}/feed/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
