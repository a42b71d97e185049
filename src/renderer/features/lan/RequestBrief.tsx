import { useRead } from '../../api/queries.ts'
import { Facts } from '../../ui/figures.tsx'
import { Reading } from '../../ui/states.tsx'
import { useRequestFacts } from './use-request-facts.tsx'
import { Why, type Detail } from './Why.tsx'

/** The essentials of a request beside the list. */
export function RequestBrief({ id }: { id: string }) {
  const read = useRead('lan.request', { id }, { keepPrevious: false })
  return (
    <Reading read={read} lines={8}>
      {(request) => <Brief request={request} />}
    </Reading>
  )
}

function Brief({ request }: { request: Detail }) {
  const facts = useRequestFacts(request)
  return (
    <div className="sd-stack">
      <Why request={request} />
      <Facts facts={facts} />
    </div>
  )
}
