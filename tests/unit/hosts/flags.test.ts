import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultDirectory } from '#main/hosts/launch/data-dir.ts'
import { desktopArguments, parseFlags, type Host } from '#main/hosts/launch/flags.ts'
import { LaunchRefusal } from '#main/hosts/launch/refusal.ts'

const HOSTS: readonly Host[] = ['headless', 'desktop']

function refusalOf(args: readonly string[], host: Host): LaunchRefusal {
  try {
    parseFlags(args, host)
  } catch (error) {
    if (error instanceof LaunchRefusal) return error
    throw error
  }
  throw new Error(`${args.join(' ')} was accepted`)
}

describe.each(HOSTS)('flags of the %s host', (host) => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sitedesk-flags-'))
    writeFileSync(join(folder, 'file'), '')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('reads every flag, in both spellings', () => {
    const flags = parseFlags(['--data-dir', folder, '--port=0', '--no-open', '--restore', 'last'], host)
    expect(flags).toEqual({
      dataDir: folder,
      config: null,
      port: 0,
      demo: false,
      open: false,
      restore: 'last',
      selfTest: false,
    })
    expect(parseFlags(['--config=a.json'], host).config).toBe(join(process.cwd(), 'a.json'))
    expect(parseFlags([], host)).toMatchObject({ dataDir: null, port: null, demo: false, open: true })
  })

  it.each([
    [['--dmeo'], '--dmeo'],
    [['--prot=1'], '--prot'],
    [['stray'], 'stray'],
    [['--port', '70000'], '--port'],
    [['--port', '-1'], '--port'],
    [['--port=8o85'], '--port'],
    [['--port'], '--port'],
    [['--config', '--demo'], '--config'],
    [['--data-dir='], '--data-dir'],
    [['--demo=yes'], '--demo'],
    [['--port', '1', '--port', '2'], '--port'],
    [['--demo', '--config', 'x.json'], '--demo and --config'],
  ])('refuses %j in one line that names it', (args, named) => {
    const refusal = refusalOf(args, host)
    expect(refusal.exitCode).toBe(2)
    expect(refusal.message).toContain(named)
    expect(refusal.message).not.toContain('\n')
  })

  it('refuses a data folder that is a file', () => {
    expect(refusalOf(['--data-dir', join(folder, 'file')], host).message).toMatch(
      /--data-dir: .* not a folder/,
    )
  })
})

describe('switches that belong to Electron', () => {
  const theirs = [
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '--ozone-platform=x11',
    '--lang=zh',
  ]

  it('pass the desktop host and not the headless one', () => {
    expect(parseFlags([...theirs, '--demo'], 'desktop').demo).toBe(true)
    for (const one of theirs) expect(refusalOf([one], 'headless').message).toContain('unknown flag')
  })

  it('and the path of the application are left out of the arguments', () => {
    const run = ['electron', '--inspect=0', '-r', 'loader.js', '.', '--demo', '--port', '0']
    expect(desktopArguments(run, false)).toEqual(['--demo', '--port', '0'])
    expect(desktopArguments(['SiteDesk', '--demo'], true)).toEqual(['--demo'])
  })
})

describe('the data folder when none is given', () => {
  it('is where the system keeps data that does not roam', () => {
    expect(defaultDirectory('linux', {}, '/home/x')).toBe(join('/home/x', '.local', 'share', 'sitedesk'))
    expect(defaultDirectory('linux', { XDG_DATA_HOME: '/data' }, '/home/x')).toBe(join('/data', 'sitedesk'))
    expect(defaultDirectory('darwin', {}, '/Users/x')).toContain('Application Support')
    expect(defaultDirectory('win32', { LOCALAPPDATA: 'L' }, 'x')).toBe(join('L', 'SiteDesk'))
  })
})
