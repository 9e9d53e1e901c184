// The shape of a page: its elements and what they say to assistive technology,
// without its words. Two pages of one shape pass or fail axe together.

/** Reads the shape of the page that is shown. */
export function shapeOf(page) {
  return page.evaluate(() => {
    // Of these only whether they say anything counts.
    const wording = new Set(['href', 'src', 'srcset', 'action', 'value', 'content', 'title', 'placeholder', 'datetime', 'style', 'd', 'x', 'y', 'width', 'height', 'points'])
    const pointing = new Set(['for', 'headers', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-errormessage'])
    const said = ({ name, value, ownerElement }) => {
      if (name === 'id') return 'id'
      if (pointing.has(name)) return `${name}=${value.split(' ').map((id) => document.getElementById(id)?.tagName).join()}`
      if (name === 'href' && value.startsWith('#')) return `href=#${document.getElementById(value.slice(1))?.tagName}`
      if (name.startsWith('data-')) return name
      if (wording.has(name) && !(name === 'content' && ownerElement.name === 'viewport')) return `${name}=${value ? 'some' : ''}`
      return `${name}=${value}`
    }
    // What stands there several times in one place is taken once.
    const shape = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? 'text' : ''
      if (node.nodeType !== Node.ELEMENT_NODE) return ''
      const children = new Set([...node.childNodes].map(shape))
      return `<${node.localName} ${[...node.attributes].map(said).sort().join(' ')}>${[...children].join('')}</>`
    }
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ localName }) => localName)
    const steps = new Set(headings.map((name, i) => `${headings[i - 1] ?? ''}${name}`))
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    const landmarks = [...document.querySelectorAll('main, nav, header, footer, aside, section, form, [role]')].map(({ localName }) => localName)
    const counted = [headings.filter((name) => name === 'h1').length, new Set(ids).size === ids.length, landmarks.join()]
    return [...steps].sort().join() + counted.join() + shape(document.documentElement)
  })
}
