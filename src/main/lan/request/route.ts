import type { Endpoint, Side } from '../endpoint.ts'

export const BASES: Readonly<Record<Side, string>> = {
  user: '/oapi/bluepower_user/1_0/',
  manager: '/oapi/bluepower_manager/1_0/',
}

/**
 * Finds an endpoint by its path, in any case, with or without a slash at its end, with or without the prefix (H-25);
 * the query is ignored (H-08).
 */
export function createRoutes(endpoints: readonly Endpoint[]): (url: string) => Endpoint | null {
  const paths = new Map<string, Endpoint>()
  for (const endpoint of endpoints) {
    const name = endpoint.name.toLowerCase()
    paths.set(`${BASES[endpoint.side]}${name}`, endpoint)
    paths.set(`/${name}`, endpoint)
  }
  return (url) => {
    const [path = ''] = url.split('?', 1)
    const plain = path.toLowerCase()
    return paths.get(plain) ?? paths.get(plain.replace(/\/$/, '')) ?? null
  }
}
