import { describe, expect, it } from 'vitest'
import {
  asLines,
  hiddenNames,
  parseParameters,
  withTime,
} from '../../../src/renderer/features/lan/parameters.ts'

describe('what is typed into the calculator', () => {
  it.each([
    ['lines', 'user=1\n port = 2 \nnote=a=b\n\nnothing'],
    ['a query', 'user=1&port=%202%20&note=a%3Db'],
  ])('is read as %s', (_, text) => {
    expect(parseParameters(text)).toEqual([
      { name: 'user', value: '1' },
      { name: 'port', value: ' 2 ' },
      { name: 'note', value: 'a=b' },
    ])
  })

  it('is read as JSON, numbers as they are written', () => {
    expect(parseParameters('{"money": 2.0, "big": 1e3, "on": true, "none": null, "text": "x"}')).toEqual([
      { name: 'money', value: '2.0' },
      { name: 'big', value: '1e3' },
      { name: 'on', value: 'true' },
      { name: 'text', value: 'x' },
    ])
  })

  it.each(['{"a":', '{"a":{"b":1}}', '{"a":[1]}'])('is refused: %s', (text) => {
    expect(parseParameters(text)).toBeNull()
  })

  it('leaves to the service what the service knows', () => {
    expect(parseParameters('appId=a\nappKey=k\nsignature=s\nuser=1')).toEqual([{ name: 'user', value: '1' }])
    expect(
      asLines([
        { name: 'appKey', value: 'k' },
        { name: 'user', value: '1' },
      ]),
    ).toBe('user=1')
  })

  it('gets the time of now, in place of another', () => {
    expect(withTime('', 5)).toBe('timestamp=5')
    expect(withTime('user=1\n', 5)).toBe('user=1\ntimestamp=5')
    expect(withTime('timestamp=1\nuser=1', 5)).toBe('timestamp=5\nuser=1')
    expect(withTime('{"timestamp": "1", "user": 1}', 5)).toBe('{"timestamp": 5, "user": 1}')
  })

  it('knows what the inspector hid', () => {
    expect(
      hiddenNames([
        { name: 'user', value: '138****1234' },
        { name: 'session', value: 'a●●●●b' },
        { name: 'port', value: '1' },
      ]),
    ).toEqual(['user', 'session'])
  })
})
