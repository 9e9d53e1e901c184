// Measures what a person would notice and axe does not: text that is cut off,
// targets that are hard to hit, a focus that cannot be seen.

const tabsAtMost = 150

/** The controls, headings and table heads whose text reaches out of their box. */
export function findClipped(page) {
  return page.evaluate(() => {
    const slack = 3 // letters reach a little beyond a tight line
    const unseen = '[class*=visually-hidden], .nhsuk-skip-link'
    const out = []
    for (const element of document.querySelectorAll('a, button, summary, label, legend, h1, h2, h3, h4, th, td, dt, dd, .nhsuk-tag')) {
      if (!element.checkVisibility() || element.closest(unseen) || getComputedStyle(element).display === 'inline') continue
      const box = element.getBoundingClientRect()
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (!text.data.trim() || text.parentElement.closest(unseen) || !text.parentElement.checkVisibility()) continue
        const range = document.createRange()
        range.selectNodeContents(text)
        const words = range.getBoundingClientRect()
        if (words.left >= box.left - slack && words.right <= box.right + slack && words.top >= box.top - slack && words.bottom <= box.bottom + slack) continue
        out.push(`${element.outerHTML.slice(0, 120)}: "${text.data.trim().slice(0, 60)}" is ${Math.round(words.width)}×${Math.round(words.height)} in ${Math.round(box.width)}×${Math.round(box.height)}`)
      }
    }
    return out
  })
}

/** What is hidden by its own box, and words beyond the window's edge. A box that
 * scrolls and takes the focus hides nothing on a screen, and all of it on paper. */
export function findCutOff(page) {
  return page.evaluate(() => {
    const slack = 1
    const unseen = '[class*=visually-hidden], .nhsuk-skip-link, option'
    // A box of one pixel is for screen readers alone: tables on a phone name
    // their columns in each cell.
    const pixels = new Set([...document.querySelectorAll('body *')].filter(({ clientWidth, clientHeight }) => clientWidth === 1 && clientHeight === 1))
    const scrolls = (element) => !matchMedia('print').matches && element.closest('[tabindex="0"]') && /auto|scroll/.test(getComputedStyle(element.closest('[tabindex="0"]')).overflowX)
    const isUnseen = (element) => Boolean(element.closest(unseen)) || scrolls(element) || [...pixels].some((pixel) => pixel.contains(element)) || !element.checkVisibility()
    const out = []
    const tell = (element, what) => out.push(`${element.outerHTML.slice(0, 160)} ${what}`)
    for (const element of document.querySelectorAll('body *')) {
      // Who types more than a field shows moves within it.
      if (element.matches('input, textarea, select') || element.closest('svg') || isUnseen(element)) continue
      const { overflowX, overflowY } = getComputedStyle(element)
      if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth + slack) tell(element, `shows ${element.clientWidth} of ${element.scrollWidth} pixels across`)
      if (overflowY !== 'visible' && element.scrollHeight > element.clientHeight + slack) tell(element, `shows ${element.clientHeight} of ${element.scrollHeight} pixels down`)
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!text.data.trim() || isUnseen(text.parentElement)) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const { left, right } = range.getBoundingClientRect()
      if (left < -slack || right > document.documentElement.clientWidth + slack) tell(text.parentElement, `has words from ${Math.round(left)} to ${Math.round(right)}`)
    }
    return out
  })
}

/** Everything that can be pressed and is under 24 pixels. A link within a
 * sentence is as high as its line, which WCAG 2.5.8 allows; a radio or checkbox
 * is as large as what is drawn for it. */
export function findSmallTargets(page) {
  return page.evaluate(() => {
    const least = 24
    const isWithinWords = (link) => {
      if (getComputedStyle(link).display !== 'inline') return false
      let block = link.parentElement
      while (getComputedStyle(block).display === 'inline') block = block.parentElement
      const rest = block.cloneNode(true)
      rest.querySelectorAll('a, ul, ol, dl, table').forEach((one) => one.remove())
      return /[\p{L}\p{N}]/u.test(rest.textContent)
    }
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button]')]
      .filter((element) => element.checkVisibility() && !element.matches('[tabindex="-1"]:not(a, button)') && !element.closest('[class*=visually-hidden], .nhsuk-skip-link'))
      .filter((element) => !(element.localName === 'a' && isWithinWords(element)))
      .map((element) => ({ element, boxes: [...element.getClientRects()] }))
      .filter(({ boxes }) => boxes.length > 0 && !boxes.some(({ width, height }) => width >= least && height >= least))
      .map(({ element, boxes: [box] }) => `${element.outerHTML.slice(0, 160)}: ${box.width.toFixed(1)}×${box.height.toFixed(1)}`)
  })
}

/** What is shown though it is of no use on paper; a column's head is, even where
 * it is a button that sorts. */
export function findUnprintable(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('nav, footer, button:not(th button), .nhsuk-skip-link, .nhsuk-header__search, [role=search]')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 1)
      .map((element) => element.outerHTML.slice(0, 160)))
}

/** Tabs through the page and gives the controls that look the same with the focus as without. */
export async function findFocusUnmarked(page) {
  await page.evaluate(() => {
    document.activeElement?.blur?.()
    globalThis.lookOf = (element) => {
      const parts = [getComputedStyle(element)]
      // The design system draws its own boxes beside hidden radios and checkboxes.
      if (element.matches('[type=radio], [type=checkbox]') && element.nextElementSibling) parts.push(getComputedStyle(element.nextElementSibling, '::before'))
      const words = element.querySelector('.nhsuk-details__summary-text')
      if (words) parts.push(getComputedStyle(words))
      return parts.map(({ outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor }) => [outlineStyle === 'none' ? '' : outlineWidth, boxShadow, backgroundColor, borderColor].join()).join(' | ')
    }
  })
  const unmarked = []
  for (let i = 0; i < tabsAtMost; i++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      if (element.dataset.tabbed) return { again: true }
      element.dataset.tabbed = 'yes'
      const focused = globalThis.lookOf(element)
      const visible = element.getBoundingClientRect().width > 1
      element.blur()
      const plain = globalThis.lookOf(element)
      element.focus({ focusVisible: true })
      return { html: element.outerHTML.slice(0, 160), marked: focused !== plain && visible }
    })
    if (!found || found.again) break
    if (!found.marked) unmarked.push(found.html)
  }
  return unmarked
}
