import type { Output } from '#shared/contract/index.ts'
import { HttpFailure } from '../ports.ts'
import { redactor } from '../redact.ts'
import { insecureHost, staysLocal } from '../settings/index.ts'
import { exchange, ExchangeError, type ExchangeParts } from './exchange.ts'
import type { Limiter } from './pacing.ts'
import { tokenOf, type Access, type Endpoint, type Fields, type Vendor } from './vendor.ts'

export type TestResult = Output<'settings.testConnection'>
type Step = TestResult['steps'][number]
type StepName = Step['step']

/** What is there to test with; the test itself says what is missing. */
export type Candidate = Pick<Access, 'bodyEncoding' | 'credentials'> & {
  readonly [K in 'baseUrl' | 'account' | 'password']: string | null
}
type Complete = Pick<Access, 'bodyEncoding' | 'baseUrl' | 'account' | 'password' | 'credentials'>

export interface TestParts extends ExchangeParts {
  readonly limiter: Limiter
}

/** What is tried at a vendor system, beyond its log-in. */
export interface Trial {
  readonly vendor: Vendor
  /** the setting that names the other encoding; null where there is one only (C-01) */
  readonly encodingPath: string | null
  readonly list: Endpoint
  readonly fields: Fields
  /** what a list answer says is there */
  listed(answer: Readonly<Record<string, unknown>>): { code: string; data: NonNullable<Step['data']> }
}

interface Test extends TestParts {
  readonly trial: Trial
}

/**
 * Tries a vendor address step by step and says what happened (I-01). Codes, each an i18n key `connection.<code>`:
 * address: addressMissing addressOk addressInsecure · connect: connected refused dns tls connectTimeout reset ·
 * http: answered timeout reset tooLarge html redirect notFound http malformed tooFast ·
 * login: noCredentials credentialsRefused (W-02) accountMissing passwordMissing loggedIn loggedInOtherEncoding noToken wrongPassword noAccount
 * missingField denied failed tooFast duplicate tokenRefused unknownCode · list: listed listedAddresses listedRegions, or one
 * of the above.
 * A password is tried once; only a log-in that missed a field is tried again, in the other encoding.
 */
export async function testVendor(parts: TestParts, trial: Trial, candidate: Candidate): Promise<TestResult> {
  const test = { ...parts, trial }
  const steps: Step[] = []
  const { baseUrl, account, password, bodyEncoding } = candidate
  if (!baseUrl) return failed(steps, 'address', 'addressMissing')
  steps.push(addressStep(baseUrl))
  if (!trial.vendor.login) return testOpen(test, { ...candidate, baseUrl }, steps)
  if (!account) return failed(steps, 'login', 'accountMissing')
  if (!password) return failed(steps, 'login', 'passwordMissing')
  redactor.learn(password)
  const access = { baseUrl, account, password, bodyEncoding }
  const first = await tryLogin(test, access)
  if (trial.encodingPath !== null && first instanceof ExchangeError && first.fault === 'missingField')
    return withOtherEncoding(test, trial.encodingPath, access, steps, first)
  return afterLogin(test, access, steps, first, null)
}

/** A system without log-in: its first list says it all. */
async function testOpen(
  test: Test,
  candidate: Candidate & { readonly baseUrl: string },
  steps: Step[],
): Promise<TestResult> {
  const { baseUrl, password, bodyEncoding, credentials } = candidate
  if (password === null) return failed(steps, 'login', 'passwordMissing')
  const { list, fields, listed } = test.trial
  try {
    const access = { baseUrl, bodyEncoding, credentials }
    const ask = () => exchange(test, access, list, fields)
    const { code, data } = listed((await test.limiter.run(list.path, ask, { urgent: true })).fields)
    steps.push(good('connect', 'connected'), good('http', 'answered'))
    if (password === '' && !staysLocal(baseUrl)) steps.push(good('login', 'noCredentials'))
    steps.push({ ...good('list', code), data })
    return { ok: true, steps, suggestion: null }
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error
    if (error.fault !== 'wrongPassword' && error.fault !== 'denied') return explain(steps, error, 'list')
    steps.push(good('connect', 'connected'), good('http', 'answered'))
    return failed(steps, 'login', 'credentialsRefused', factsOf(error))
  }
}

async function withOtherEncoding(
  parts: Test,
  path: string,
  access: Complete,
  steps: Step[],
  first: ExchangeError,
): Promise<TestResult> {
  const other = { ...access, bodyEncoding: access.bodyEncoding === 'json' ? 'form' : 'json' } as const
  const second = await tryLogin(parts, other)
  if (typeof second !== 'string') return afterLogin(parts, access, steps, first, null)
  const suggestion = { path, value: other.bodyEncoding }
  return afterLogin(parts, other, steps, second, suggestion)
}

/** The token, or why there is none; null where the answer held none. */
async function tryLogin(parts: Test, access: Complete): Promise<string | null | ExchangeError> {
  const { vendor } = parts.trial
  const { login } = vendor
  if (!login) return null
  const { path, accountField, passwordField } = login
  try {
    const fields = { [accountField]: access.account, [passwordField]: access.password }
    const envelope = await exchange(parts, access, { path, kind: 'read' }, fields)
    const token = tokenOf(login, envelope.fields)
    if (token !== null) redactor.learn(token)
    return token
  } catch (error) {
    if (error instanceof ExchangeError) return error
    throw error
  }
}

async function afterLogin(
  parts: Test,
  access: Complete,
  steps: Step[],
  login: string | null | ExchangeError,
  suggestion: TestResult['suggestion'],
): Promise<TestResult> {
  if (login instanceof ExchangeError) return { ...explain(steps, login, 'login'), suggestion }
  steps.push(good('connect', 'connected'), good('http', 'answered'))
  if (login === null) return failed(steps, 'login', 'noToken')
  steps.push(good('login', suggestion ? 'loggedInOtherEncoding' : 'loggedIn'))
  return { ...(await listStep(parts, access, login, steps)), suggestion }
}

async function listStep(parts: Test, access: Complete, token: string, steps: Step[]): Promise<TestResult> {
  const { vendor, list, fields: own, listed } = parts.trial
  const { login } = vendor
  const fields = {
    ...(login ? { [login.tokenField]: token, [login.accountField]: access.account } : {}),
    ...own,
  }
  try {
    const ask = () => exchange(parts, access, list, fields)
    const { fields: answer } = await parts.limiter.run(list.path, ask, { urgent: true })
    const { code, data } = listed(answer)
    steps.push({ ...good('list', code), data })
    return { ok: true, steps, suggestion: null }
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error
    return failed(steps, 'list', codeOf(error), factsOf(error))
  }
}

/** Which step a failed log-in broke at: before a connection, before an answer, or by the vendor's own no. */
function explain(steps: Step[], error: ExchangeError, last: StepName): TestResult {
  if (!error.bytesSent) return failed(steps, 'connect', codeOf(error), factsOf(error))
  steps.push(good('connect', 'connected'))
  if (error.vendorCode === null) return failed(steps, 'http', codeOf(error), factsOf(error))
  steps.push(good('http', 'answered'))
  return failed(steps, last, codeOf(error), factsOf(error))
}

const codeOf = (error: ExchangeError) => (error.cause instanceof HttpFailure ? error.cause.kind : error.fault)

function factsOf(error: ExchangeError): NonNullable<Step['data']> {
  const { status, vendorCode, message } = error.data as Record<string, string | number | undefined>
  return {
    ...(status === undefined ? {} : { status }),
    ...(vendorCode === undefined ? {} : { vendorCode }),
    ...(message === undefined ? {} : { message }),
  }
}

/** A password in clear text across the internet is worth a warning, not a refusal. */
function addressStep(baseUrl: string): Step {
  const code = insecureHost(baseUrl) === null ? 'addressOk' : 'addressInsecure'
  return { ...good('address', code), data: { host: new URL(baseUrl).host } }
}

const good = (step: StepName, code: string): Step => ({ step, ok: true, code })

function failed(steps: Step[], step: StepName, code: string, data?: Step['data']): TestResult {
  steps.push({ step, ok: false, code, ...(data && Object.keys(data).length > 0 ? { data } : {}) })
  return { ok: false, steps, suggestion: null }
}
