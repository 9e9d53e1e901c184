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

/** Controls, and links of the navigation, that are under 24 pixels. Links in
 * running text are as high as their line, which the rule allows. */
export function findSmallTargets(page) {
  return page.evaluate(() => {
    const least = 24
    return [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, .nhsuk-button, .nhsuk-header a, .nhsuk-pagination a')]
      .filter((element) => element.checkVisibility() && !element.closest('[class*=visually-hidden]'))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < least || box.height < least))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 160)}: ${box.width}×${box.height}`)
  })
}

/** Tabs through the page and gives the controls that look the same with the focus as without. */
export async function findFocusUnmarked(page) {
  await page.evaluate(() => {
    document.activeElement?.blur?.()
    globalThis.lookOf = (element) => {
      const parts = [getComputedStyle(element)]
      // The design system draws its own boxes beside hidden radios and checkboxes.
      if (element.matches('[type=radio], [type=checkbox]') && element.nextElementSibling) parts.push(getComputedStyle(element.nextElementSibling, '::before'))
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
