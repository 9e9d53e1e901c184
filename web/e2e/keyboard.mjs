// Does with the keyboard alone what a person would: Tab to a control, then type.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'

const mostTabs = 250

/** How often Tab may stay in one control: a date's parts and its calendar. */
const mostParts = 6

/** Tabs until the control has the focus. */
export async function tabTo(page, locator) {
  assert.equal(await locator.count(), 1, `${locator} on ${page.url()}`)
  const control = await locator.elementHandle() // found once: looking by role takes longer than a Tab
  for (let i = 0; i < mostTabs; i++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`${locator} on ${page.url()} is not reached with ${mostTabs} tabs`)
}

/** Follows a link and waits for its page. */
export async function follow(page, name) {
  await tabTo(page, page.getByRole('link', { name, exact: true }).first())
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** Presses a button and waits for the page that comes. */
export async function press(page, name) {
  await tabTo(page, page.locator('main').getByRole('button', { name, exact: true }))
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** Presses a button, or follows a link, by which a file comes, and gives it. */
export async function download(page, role, name) {
  await tabTo(page, page.locator('main').getByRole(role, { name, exact: true }))
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  return readFile(await file.path())
}

/** Opens what is folded away. */
export async function unfold(page, summary) {
  await tabTo(page, page.locator('summary', { hasText: summary }))
  await page.keyboard.press('Enter')
}

/** Follows a link to a part of the same page: the next Tab goes on from there. */
export async function jump(page, name) {
  await tabTo(page, page.getByRole('link', { name, exact: true }))
  const part = await page.evaluate(() => document.activeElement.hash)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const after = await page.locator(part).evaluate((element) => Boolean(element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING))
  assert.ok(after, `${name} on ${page.url()} leaves the focus before ${part}`)
}

/** Types into the field of a name, in place of what was in it. */
export const type = (page, name, text) => typeInto(page, `main [name="${name}"]`, text)

/** Types into a field, in place of what was in it. */
export async function typeInto(page, selector, text) {
  await tabTo(page, page.locator(selector))
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.keyboard.type(text)
}

/** Picks an option of a list: arrows go through it. */
export async function pick(page, label, option) {
  const list = page.getByLabel(label, { exact: true })
  await tabTo(page, list)
  await page.keyboard.press('Home')
  for (let left = await list.evaluate(({ length }) => length); left > 0; left--) {
    if ((await list.evaluate(({ selectedOptions: [one] }) => one.text.trim())) === option) return
    await page.keyboard.press('ArrowDown')
  }
  assert.fail(`${label} on ${page.url()} has no option ${option}`)
}

/** Ticks a checkbox. */
export async function tick(page, label) {
  await tabTo(page, page.getByRole('checkbox', { name: label, exact: true }))
  await page.keyboard.press('Space')
}

/** Chooses a radio, of the question where several have such an answer: Tab
 * reaches the group, arrows move within it. */
export async function choose(page, label, question) {
  const among = question ? page.getByRole('group', { name: question, exact: true }) : page
  const wanted = among.getByRole('radio', { name: label, exact: true })
  assert.equal(await wanted.count(), 1, `radio ${label} on ${page.url()}`)
  const name = await wanted.getAttribute('name')
  const group = page.locator(`input[type=radio][name="${name}"]`)
  for (let i = 0; i < mostTabs; i++) {
    if (await group.evaluateAll((all) => all.includes(document.activeElement))) break
    await page.keyboard.press('Tab')
  }
  for (let i = 0; i <= (await group.count()); i++) {
    await page.keyboard.press('Space')
    if (await wanted.isChecked()) return
    await page.keyboard.press('ArrowDown')
    if (await wanted.isChecked()) return
  }
  assert.fail(`radio ${label} on ${page.url()} is not reached by keyboard`)
}

/** Follows the summary of errors to the field that a message is about: the focus
 * is in it. */
export async function goToFault(page, message) {
  assert.ok((await page.title()).startsWith('Error:'), `${page.url()} has no errors`)
  const link = page.locator('.nhsuk-error-summary').getByRole('link', { name: message, exact: true })
  await tabTo(page, link)
  const target = await link.evaluate(({ hash }) => hash)
  await page.keyboard.press('Enter')
  assert.ok(await page.locator(target).evaluate((element) => element === document.activeElement), `${message} on ${page.url()} does not lead into ${target}`)
}

/** Fails unless Tab and Shift+Tab go through every control of the page and on. */
export async function assertNoTrap(page) {
  for (const key of ['Tab', 'Shift+Tab']) {
    await page.evaluate(() => (globalThis.stops = []))
    for (let stayed = 0, tabs = 0; ; tabs++) {
      assert.ok(tabs < 2 * mostTabs, `${key} on ${page.url()} does not come round`)
      await page.keyboard.press(key)
      const where = await page.evaluate(() => {
        const { activeElement: now } = document
        const { stops } = globalThis
        if (!now || now === document.body) return 'outside'
        if (now === stops.at(-1)) return 'same'
        if (now === stops[0]) return 'round'
        stops.push(now)
        return 'on'
      })
      if (where === 'round') break
      stayed = where === 'same' ? stayed + 1 : 0
      assert.ok(stayed < mostParts, `${key} on ${page.url()} does not leave ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 160))}`)
    }
    assert.deepEqual(await page.evaluate(notStopped), [], `${key} on ${page.url()} leaves out`)
  }
}

/** The controls at which nobody stopped; of a group of radios one is enough. */
function notStopped() {
  const control = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  const { stops } = globalThis
  const grouped = (one) => stops.some((stop) => stop.type === 'radio' && stop.name === one.name && stop.form === one.form)
  return [...document.querySelectorAll(control)]
    .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && !stops.includes(one) && !(one.type === 'radio' && grouped(one)))
    .map((one) => one.outerHTML.slice(0, 160))
}
