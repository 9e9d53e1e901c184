// Which of the portal's routes a walk has met.

const served = { GET: [200], POST: [200, 303, 409, 422] }

/** Whether a path is one of a pattern's: {x} stands for one segment, * for the rest. */
const fits = (pattern, path) =>
  new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+').replace('*', '.+')}$`).test(path)

/** How much of a pattern is not itself: of two that fit, the plainer one answers. */
const vagueness = (pattern) => (pattern.match(/\{|\*/g) ?? []).length

/** The routes that answered none of the requests with a page or a redirect after a form. */
export function routesNotMet(routes, asked) {
  const met = new Set()
  for (const { method, path, status } of asked) {
    if (!served[method].includes(status)) continue
    const [route] = routes.filter((one) => one.method === method && fits(one.pattern, path)).sort((a, b) => vagueness(a.pattern) - vagueness(b.pattern))
    met.add(route)
  }
  return routes.filter((route) => !met.has(route)).map(({ method, pattern }) => `${method} ${pattern}`)
}
