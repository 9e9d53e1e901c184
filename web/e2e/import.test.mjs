// A spreadsheet becomes cases: uploaded, its columns said, looked at, imported.
// With JavaScript and without, by keyboard but for the choice of the file, which
// is the browser's own.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBrowser } from './browser.mjs'
import { follow, press, tabTo, type } from './keyboard.mjs'
import { assertAccessible, assertFits, keepPages } from './look.mjs'
import { setUpByHand } from './phone.mjs'
import { Portal } from './portal.mjs'
import { password } from './states.mjs'

let browser, portal, state

before(async () => {
  portal = await Portal.start()
  browser = await startBrowser()
  const lead = await device({ scripts: false })
  await lead.goto(portal.link)
  await type(lead, 'name', 'Ada Lead')
  await type(lead, 'email', 'ada@example.nhs.uk')
  await type(lead, 'password', password)
  await lead.keyboard.press('Enter')
  await setUpByHand(lead)
  await lead.waitForURL('**/admin')
  state = await lead.context().storageState()
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

async function device({ scripts, width = 1280 }) {
  const context = await browser.newContext({ baseURL: portal.base, javaScriptEnabled: scripts, storageState: state, viewport: { width, height: 800 } })
  keepPages(context)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

const main = (page) => page.locator('main').innerText()

/** Waits until a job has done its work on the file of the page. */
async function done(page, heading) {
  for (let tries = 0; !(await page.locator('h1').innerText()).includes(heading); tries++) {
    assert.ok(tries < 100, `the page never says ${heading}: ${await main(page)}`)
    await sleep(200)
    await page.reload()
  }
}

for (const scripts of [true, false]) {
  test(`a spreadsheet becomes cases, ${scripts ? 'with' : 'without'} JavaScript`, async () => {
    const surname = scripts ? 'Lovelace' : 'Hamilton'
    const content = [
      'Ref;Full name;E-mail;AHP;Date received;Current status;What we said',
      `A1;Ada ${surname};${surname.toLowerCase()}@example.org;Dietitian;03/02/2026;In review;Rang us`,
      `A2;;nobody-${scripts}@example.org;Dietitian;04/02/2026;;`
    ].join('\r\n')
    const page = await device({ scripts, width: scripts ? 320 : 1280 })
    const see = async () => {
      await assertFits(page)
      if (scripts) await assertAccessible(page)
    }
    await page.goto('/admin/expressions')
    await follow(page, 'Import expressions from a spreadsheet')
    await see()
    await press(page, 'Upload')
    assert.match(await main(page), /Select a file/)
    await see()
    await page.setInputFiles('#file', { name: 'old cases.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
    await press(page, 'Upload')
    await see()
    const chosen = (column) => page.locator(`[name="column-${column}"]`).inputValue()
    assert.deepEqual([await chosen(2), await chosen(3), await chosen(5)], ['name', 'email', 'received'])
    if (scripts) {
      // A column that nobody recognised is said; the second file is known by its headings.
      assert.equal(await chosen(7), '')
      await tabTo(page, page.locator('[name="column-7"]'))
      await page.keyboard.type('Notes')
    }
    assert.equal(await chosen(7), 'notes')
    await press(page, 'Check the rows')
    await done(page, 'Check what would be imported')
    await see()
    assert.match(await main(page), /Enter the name/)
    await press(page, 'Import the 1 row that is right')
    await done(page, '1 expression imported')
    await see()
    await follow(page, 'Go to the expressions of interest')
    await follow(page, (await page.locator('tbody tr', { hasText: surname }).getByRole('link').first().innerText()).trim())
    await see()
    const said = await main(page)
    assert.match(said, /Row 2 of old cases\.csv/)
    for (const words of ['In review', 'Not given', 'Rang us', 'A1']) assert.ok(said.includes(words), `the case does not say ${words}: ${said}`)

    await page.goto('/admin/expressions/import')
    await page.setInputFiles('#file', { name: 'copy.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
    await press(page, 'Upload')
    assert.match(await main(page), /This file was imported already, as old cases\.csv/)
    await see()
    await page.context().close()
  })
}

test('a file that is too large, and one that was chosen too long ago, is said to be chosen again', async () => {
  const page = await device({ scripts: true, width: 320 })
  await page.clock.install()
  await page.goto('/admin/expressions/import')
  const large = path.join(portal.dataDir, 'large.csv')
  await writeFile(large, Buffer.alloc(22 << 20, 'x'))
  await page.setInputFiles('#file', large)
  await press(page, 'Upload')
  assert.match(await main(page), /The file must be 20\sMB or smaller/)
  await assertFits(page)
  await assertAccessible(page)
  await page.clock.fastForward(13 * 60_000 + 1000)
  await page.locator('dialog').waitFor()
  await page.clock.fastForward(2 * 60_000)
  assert.match(await page.locator('dialog').innerText(), /A file that you chose is not kept/)
})
