// Does with the keyboard alone what a person would: Tab to a control, then type.
import assert from 'node:assert/strict'

const mostTabs = 250

/** Tabs until the control has the focus. */
export async function tabTo(page, locator) {
  assert.equal(await locator.count(), 1, `${locator} on ${page.url()}`)
  for (let i = 0; i < mostTabs; i++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return
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

/** Types into the field of a name, in place of what was in it. */
export async function type(page, name, text) {
  await tabTo(page, page.locator(`main [name="${name}"]`))
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** Ticks a checkbox. */
export async function tick(page, label) {
  await tabTo(page, page.getByRole('checkbox', { name: label, exact: true }))
  await page.keyboard.press('Space')
}

/** Chooses a radio: Tab reaches the group, arrows move within it. */
export async function choose(page, label) {
  const wanted = page.getByRole('radio', { name: label, exact: true })
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
