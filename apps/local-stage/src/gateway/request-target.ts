/** A request's target, taken apart. */
export interface RequestTarget {
  readonly path: string;
  /** Without the question mark; empty where there is none. */
  readonly query: string;
}

/** `/prod/items?page=2` → `/prod/items` and `page=2`. */
export function splitTarget(url: string | undefined): RequestTarget {
  const target = url ?? '/';
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
