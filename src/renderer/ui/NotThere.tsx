import type { ComponentProps } from 'react'
import { usePageTitle } from '../app/title.ts'
import { EmptyState } from './states.tsx'

/** In place of a page: what its address names is not there. The window's title says so too. */
export function NotThere(props: ComponentProps<typeof EmptyState>) {
  usePageTitle(props.what)
  return <EmptyState {...props} />
}
