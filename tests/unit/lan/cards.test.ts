import { describe, expect, it } from 'vitest'
import { mdnsName, reachable } from '#main/lan/service/cards.ts'

const card = (name: string, address: string) => ({ name, address, loopback: address === '127.0.0.1' })
const LOOPBACK = card('lo', '127.0.0.1')

describe('where phones reach the service', () => {
  it('on all cards is the first that phones can reach, never 0.0.0.0', () => {
    const cards = [card('wlan0', '192.168.1.8'), card('docker0', '172.17.0.1'), LOOPBACK]
    expect(reachable('0.0.0.0', 8085, cards)).toBe('http://192.168.1.8:8085')
    expect(reachable('::', 8085, cards)).toBe('http://192.168.1.8:8085')
  })

  it('without any network is this computer alone, which the screen says', () => {
    expect(reachable('0.0.0.0', 8085, [LOOPBACK])).toBe('http://127.0.0.1:8085')
    expect(reachable('0.0.0.0', 8085, [])).toBe('http://127.0.0.1:8085')
  })

  it('on one card is that card, whatever else there is', () => {
    expect(reachable('10.0.0.7', 80, [card('wlan0', '192.168.1.8')])).toBe('http://10.0.0.7:80')
    expect(reachable('fd00::7', 80, [])).toBe('http://[fd00::7]:80')
  })
})

describe('the name that mDNS knows this computer by', () => {
  it.each([
    ['Front-Desk', 'front-desk.local'],
    ['front-desk.local', 'front-desk.local'],
    ['localhost', null],
    ['前台', null],
    ['desk.example.org', null],
    ['', null],
  ])('%s: %s', (name, expected) => expect(mdnsName(name)).toBe(expected))
})
