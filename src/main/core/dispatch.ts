import type { Operation, OperationName } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Audit } from './audit/index.ts'
import type { Call, Caller, CoreContext, Handlers, SignedIn } from './context.ts'
import { loadOperations } from './operations.ts'
import type { Permissions } from './operators/permissions.ts'
import type { Sessions } from './operators/sessions.ts'
import { storeError } from './store/database.ts'

/** Calls one operation: who, may they, is the input right, do it, write the audit row, is the answer right. */
export type Dispatch = (caller: Caller, name: string, input: unknown) => Promise<unknown>

export function createDispatch(
  ctx: CoreContext,
  parts: { sessions: Sessions; audit: Audit; handlers: Handlers; permissions?: Permissions },
): Dispatch {
  return async (caller, name, input) => {
    const { contract, isOperationName } = await loadOperations()
    if (!isOperationName(name))
      throw new SitedeskError('UNKNOWN_OPERATION', `There is no operation ${name}.`, { operation: name })
    const operation: Operation = contract[name]
    const operator = authorize(operation, name, parts.sessions.of(caller))
    const own = reachOf(operation, name, operator, parts.permissions)
    const checked = checkInput(operation, input)
    if (operation.kind === 'write') parts.sessions.touch(caller)
    const { call, finish } = openCall(ctx, parts.audit, {
      caller,
      operator,
      own,
      name,
      operation,
      input: checked,
    })
    const answer = await run(ctx, parts.handlers, name, call, checked)
    await finish()
    return checkOutput(ctx, operation, name, answer)
  }
}

function authorize(
  operation: Operation,
  name: OperationName,
  found: ReturnType<Sessions['of']>,
): SignedIn | null {
  const { access } = operation
  const signedIn = found.state === 'active' ? found.operator : null
  if (access === 'public') return signedIn
  if (!signedIn)
    throw new SitedeskError('SESSION_REQUIRED', 'Sign in first.', { locked: found.state === 'locked' })
  if (signedIn.mustChangePin && !BEFORE_PIN_CHANGE.has(name))
    throw new SitedeskError('PIN_CHANGE_REQUIRED', 'This PIN was given for one time; choose your own first.')
  if (access === 'operator' || signedIn.roles.includes('admin')) return signedIn
  if (access.some((role) => signedIn.roles.includes(role))) return signedIn
  throw new SitedeskError('ROLE_REQUIRED', `${name} needs one of these roles: ${access.join(', ')}.`, {
    operation: name,
    roles: access,
  })
}

/** All that somebody with a PIN for one time may. */
const BEFORE_PIN_CHANGE: ReadonlySet<OperationName> = new Set([
  'operators.changePin',
  'operators.signOut',
  'operators.lock',
  'operators.touch',
])

/** What an administrator withheld from the roles of who asks; answers his name where only his own is left. */
function reachOf(
  operation: Operation,
  name: OperationName,
  operator: SignedIn | null,
  permissions: Permissions | undefined,
): string | undefined {
  if (operator === null || operation.access === 'public') return undefined
  const { reach = 'all', group = null } = permissions?.reachOf(name, operator.roles) ?? {}
  if (reach !== 'none') return reach === 'own' ? operator.name : undefined
  throw new SitedeskError('ROLE_REQUIRED', `${name} is withheld from your roles: ${group ?? ''}.`, {
    operation: name,
    reason: 'withheld',
    group,
    roles: operator.roles,
  })
}

function checkInput(operation: Operation, input: unknown): unknown {
  const result = operation.input.safeParse(input ?? {})
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const first = issues[0]
  throw new SitedeskError('INVALID_INPUT', `${first?.path || 'input'}: ${first?.message ?? 'not valid'}`, {
    issues,
  })
}

function checkOutput(ctx: CoreContext, operation: Operation, name: string, answer: unknown): unknown {
  const long = operation.manyRows ? longListsOf(answer) : []
  const sample =
    long.length > 0 ? { ...(answer as object), ...Object.fromEntries(long.map(sampled)) } : answer
  const result = operation.output.safeParse(sample)
  if (result.success)
    return sample === answer ? result.data : { ...(result.data as object), ...Object.fromEntries(long) }
  const issue = result.error.issues[0]
  ctx.ports.log.error('an answer does not fit the contract', {
    operation: name,
    path: issue?.path.join('.'),
    issue: issue?.message,
  })
  throw new SitedeskError('INTERNAL', `The answer of ${name} does not fit the contract.`)
}

/** Rows of one large answer that are checked: checking all would cost more than reading them. */
const CHECKED_ROWS = 200

type List = readonly [name: string, rows: readonly unknown[]]

const longListsOf = (answer: unknown): List[] =>
  typeof answer !== 'object' || answer === null
    ? []
    : Object.entries(answer).filter((entry): entry is [string, unknown[]] => {
        const value: unknown = entry[1]
        return Array.isArray(value) && value.length > CHECKED_ROWS
      })

/** The first row and others in equal steps. */
const sampled = ([name, rows]: List): List => [
  name,
  Array.from({ length: CHECKED_ROWS }, (_, i) => rows[Math.floor((i * rows.length) / CHECKED_ROWS)]),
]

async function run(
  ctx: CoreContext,
  handlers: Handlers,
  name: OperationName,
  call: Call,
  input: unknown,
): Promise<unknown> {
  try {
    const handler = handlers[name] as ((call: Call, input: unknown) => unknown) | undefined
    if (handler === undefined)
      throw new SitedeskError('NOT_SUPPORTED', `This program has no service for ${name}.`)
    return await handler(call, input)
  } catch (thrown) {
    if (thrown instanceof SitedeskError) throw thrown
    const error = storeError(thrown)
    ctx.ports.log.error('a call failed', { operation: name, error: String(error), stack: stackOf(thrown) })
    if (error instanceof SitedeskError) throw error
    throw new SitedeskError('INTERNAL', `${name} failed; the log says why.`, undefined, { cause: error })
  }
}

const stackOf = (error: unknown) => (error instanceof Error ? error.stack : undefined)

interface Opened {
  readonly caller: Caller
  readonly operator: SignedIn | null
  readonly own: string | undefined
  readonly name: OperationName
  readonly operation: Operation
  readonly input: unknown
}

/** A write leaves exactly one audit row: with its own transaction where it has one, else after it succeeded. */
function openCall(ctx: CoreContext, audit: Audit, opened: Opened): { call: Call; finish(): Promise<void> } {
  let detail: { target?: string; before?: unknown; after?: unknown } = {}
  let audited = opened.operation.kind === 'read'
  const append = () =>
    audit.append({
      operator: opened.operator?.name ?? null,
      door: opened.caller.door,
      caller: opened.caller,
      operation: opened.name,
      outcome: 'ok',
      ...detail,
      after: detail.after ?? opened.input,
    })
  const commit = async <R>(work: () => R): Promise<R> => {
    let mine = false
    try {
      return await ctx.store.site.write(() => {
        const value = work()
        mine = !audited
        if (mine) append()
        audited = true
        return value
      })
    } catch (error) {
      // the row went with the transaction
      if (mine) audited = false
      throw error
    }
  }
  const call: Call = {
    caller: opened.caller,
    operator: opened.operator,
    ...(opened.own !== undefined && { own: opened.own }),
    note: (more) => {
      detail = { ...detail, ...more }
    },
    commit,
  }
  return {
    call,
    async finish() {
      if (!audited) await commit(() => undefined)
      if (opened.operation.kind === 'write') ctx.events.emit({ type: 'changed', area: 'audit' })
    },
  }
}
