// Measures what a person would notice and axe does not: text that is cut off,
// targets that are hard to hit, a focus that cannot be seen.

const tabsAtMost = 150

/** The controls, headings and table heads whose text does not fit in them. */
export function findClipped(page) {
  return page.evaluate(() => {
    const slack = 4 // letters reach a little beyond a tight line
    return [...document.querySelectorAll('a, button, summary, label, legend, h1, h2, h3, h4, th, td, dt, dd, .nhsuk-tag, .nhsuk-button')]
      .filter((element) => {
        if (!element.checkVisibility() || !element.innerText.trim() || element.closest('[class*=visually-hidden], .nhsuk-skip-link')) return false
        const style = getComputedStyle(element)
        if (style.display.startsWith('inline') && style.display === 'inline') return false
        const cut = style.overflow !== 'visible' || element.matches('button, .nhsuk-button, .nhsuk-tag')
        const tooWide = element.scrollWidth > element.clientWidth + slack
        const tooHigh = element.scrollHeight > element.clientHeight + slack
        return tooWide || (cut && tooHigh)
      })
      .map((element) => `${element.outerHTML.slice(0, 160)}: ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`)
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
