// A faculty lead sets what the faculty sets, reads the audit and the figures:
// each to its result by the keyboard alone, with JavaScript and without. Only
// the first address is opened; from there links lead on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertNoTrap, choose, download, follow, goToFault, pick, press, tabTo, type, unfold } from './keyboard.mjs'
import { Leads } from './leads.mjs'
import { signInByHand } from './phone.mjs'
import { password } from './states.mjs'

const ada = 'Ada Lead'
const cases = 200
const auditRows = 50 // on a page

/** The tables of the first page, and whether they are folded below a picture. */
const figures = [
  ['Open cases by who works on them', true],
  ['Median working days in each stage', true],
  ['Expressions of interest by stage', false],
  ['How far expressions of interest came', true],
  ['By profession', false],
  ['By the quarter in which they were received', false]
]

const leads = new Leads()

before(async () => {
  await leads.start()
  leads.portal.command('demo', '--expressions', String(cases))
  await lookAtPeople(await leads.begin(false))
})

after(() => leads.end())

const path = (page) => new URL(page.url()).pathname
const words = (page) => page.locator('main').innerText()

/** Looks at one's own page more often than a page of the audit has rows. */
async function lookAtPeople(page) {
  await follow(page, 'Staff')
  await follow(page, ada)
  for (let i = 0; i < auditRows; i++) await page.context().request.get(path(page))
}

/** The lines of a file without its heads, whose cells have no comma. */
const linesOf = (file) => file.toString().trim().split('\n').slice(1)

/** The numbers and words of a table, without the heads that its cells repeat on
 * a phone. */
const cellsOf = (table) => table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => [...cell.childNodes].findLast((node) => node.textContent.trim()).textContent.trim()).join()))

/** The first Friday of June of next year, which no content has as a bank holiday. */
function juneFriday() {
  const day = new Date(Date.UTC(new Date().getFullYear() + 1, 5, 1))
  while (day.getUTCDay() !== 5) day.setUTCDate(day.getUTCDate() + 1)
  return { day: String(day.getUTCDate()), month: 'June', year: String(day.getUTCFullYear()) }
}

for (const scripts of [false, true]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'
  let lead

  test(`the shared mailbox is set and taken away, ${how}`, async () => {
    const email = `team-${scripts}@example.nhs.uk`
    lead = await leads.begin(scripts)
    await leads.see(lead)
    await follow(lead, 'Ada Lead, Faculty lead')
    await follow(lead, 'Choose what you are told by email')
    await follow(lead, 'Have a shared mailbox told, too')
    await leads.see(lead)
    await type(lead, 'email', 'team at example')
    await press(lead, 'Save')
    await goToFault(lead, 'Enter an email address in the correct format, like name@example.com')
    await lead.keyboard.press('Control+A')
    await lead.keyboard.type(email)
    await choose(lead, 'At once', 'Late cases')
    await choose(lead, 'Not at all', 'New cases')
    await press(lead, 'Save')
    assert.match(await words(lead), /The shared mailbox is saved[\s\S]*Set on .* by Ada Lead/)
    await follow(lead, 'What you are told by email')
    await follow(lead, 'Have a shared mailbox told, too')
    assert.equal(await lead.locator('[name=email]').inputValue(), email)
    const chosen = (kind) => lead.getByRole('group', { name: kind, exact: true }).locator('input:checked').inputValue()
    assert.deepEqual([await chosen('Late cases'), await chosen('New cases')], ['at-once', 'off'])
    await type(lead, 'email', '')
    await press(lead, 'Save')
    assert.equal(await lead.locator('[name=email]').inputValue(), '')
  })

  test(`how long stages and replies may take is set, ${how}`, async () => {
    const days = scripts ? { received: '4', usual: '7' } : { received: '5', usual: '6' }
    await follow(lead, 'Overview')
    await follow(lead, 'Times and bank holidays')
    await leads.see(lead)
    await type(lead, 'received', 'soon')
    await press(lead, 'Save the stages')
    await goToFault(lead, 'Enter the working days for “Received” as a whole number from 1 to 250, or leave them empty')
    await lead.keyboard.press('Control+A')
    await lead.keyboard.type(days.received)
    await press(lead, 'Save the stages')
    assert.match(await words(lead), new RegExp(`How long stages may take: saved[\\s\\S]*Received\\s+${days.received} working days, set on .* by Ada Lead`))
    await type(lead, 'usual', '0')
    await press(lead, 'Save the replies')
    await goToFault(lead, 'Enter the working days as a whole number from 1 to 60, or leave them empty')
    await lead.keyboard.press('Control+A')
    await lead.keyboard.type(days.usual)
    await press(lead, 'Save the replies')
    assert.match(await words(lead), new RegExp(`When the faculty replies: saved[\\s\\S]*Now ${days.usual} working days`))
  })

  test(`a bank holiday is added and removed, ${how}`, async () => {
    const { day, month, year } = juneFriday()
    const date = `${day} ${month} ${year}`
    const table = lead.getByRole('table', { name: 'Bank holidays to come' })
    await press(lead, 'Add the bank holiday')
    await goToFault(lead, 'Enter what the bank holiday is called')
    await lead.keyboard.type('A special day')
    await goToFault(lead, 'Enter the date of the bank holiday')
    await lead.keyboard.type(day)
    await type(lead, 'month', month)
    await type(lead, 'year', year)
    await press(lead, 'Add the bank holiday')
    assert.match(await words(lead), new RegExp(`Bank holiday added: ${date}`))
    assert.match(await table.innerText(), new RegExp(`${date}\\s+A special day\\s+Added by Ada Lead`))
    await leads.see(lead)
    await press(lead, `Remove A special day, ${date}`)
    assert.match(await words(lead), new RegExp(`Bank holiday removed: ${date}`))
    assert.doesNotMatch(await table.innerText(), /A special day/)
  })

  test(`how long something is kept is set, and the privacy notice says so, ${how}`, async () => {
    const months = scripts ? '18' : '24'
    const what = 'Expressions of interest that have ended'
    await follow(lead, 'Overview')
    await follow(lead, 'Retention: how long things are kept')
    await leads.see(lead)
    await follow(lead, what)
    await press(lead, 'Continue')
    await goToFault(lead, 'Enter how many months')
    await lead.keyboard.type(months)
    await press(lead, 'Continue')
    await leads.see(lead)
    await follow(lead, 'Go back without changing it')
    await type(lead, 'period', months)
    await press(lead, 'Continue')
    await press(lead, 'Set the new period')
    assert.match(await words(lead), new RegExp(`${what}: kept for ${months} months`))
    assert.match(await lead.getByRole('row', { name: what }).innerText(), new RegExp(`${months} months after the day the case ended[\\s\\S]*by Ada Lead`))
    await follow(lead, 'Privacy')
    assert.match(await words(lead), new RegExp(`${months} months`))
    await follow(lead, 'Staff sign in')
    assert.equal(path(lead), '/admin')
  })

  test(`an entry of the rules is checked, and a figure gets another value, ${how}`, async () => {
    const figure = 'Months before applying in which all updating must lie'
    const [value, year] = [scripts ? '20' : '18', String(new Date().getFullYear() + (scripts ? 3 : 2))]
    await follow(lead, 'Rules')
    await leads.see(lead)
    const unchecked = lead.locator('main').getByRole('button', { name: /^Checked today/ })
    const left = await unchecked.count()
    await tabTo(lead, unchecked.first())
    await Promise.all([lead.waitForEvent('load'), lead.keyboard.press('Enter')])
    assert.match(await words(lead), /Success\s+Checked today/)
    assert.equal(await unchecked.count(), left - 1)
    await follow(lead, figure)
    await leads.see(lead)
    await press(lead, 'Continue')
    await goToFault(lead, 'Select the page on which you read the new value')
    await pick(lead, 'Where you read it', await lead.locator('[name=source] option').nth(1).innerText())
    await goToFault(lead, 'Enter the first day that the new value holds for')
    await lead.keyboard.type('1')
    await type(lead, 'month', 'Feb')
    await type(lead, 'year', year)
    await goToFault(lead, 'Enter the new value as a whole number from 1 to 120')
    await lead.keyboard.type(value)
    await press(lead, 'Continue')
    await leads.see(lead)
    await press(lead, 'Set the new value')
    assert.match(await words(lead), new RegExp(`${figure}: ${value} months from 1 February ${year}`))
    await follow(lead, figure)
    assert.match(await lead.getByRole('table', { name: 'Values' }).innerText(), new RegExp(`1 February ${year}\\s+${value} months`))
  })

  test(`the audit is filtered, read on and downloaded, ${how}`, async () => {
    const rows = lead.locator('tbody tr')
    const today = new Date().toLocaleDateString('en-GB', { timeZone: 'Europe/London' })
    await follow(lead, 'Audit')
    await leads.see(lead)
    await type(lead, 'from', '31/2/2026')
    await press(lead, 'Filter the audit')
    await goToFault(lead, 'From must be a real date, such as 20/11/2026')
    await lead.keyboard.press('Control+A')
    await lead.keyboard.type(today)
    await pick(lead, 'Who', ada)
    await pick(lead, 'What', 'Look at a member of staff')
    await pick(lead, 'Outcome', 'Done')
    await press(lead, 'Filter the audit')
    const chosen = new URL(lead.url()).searchParams
    assert.deepEqual([chosen.get('action'), chosen.get('outcome'), chosen.get('from')], ['staff.view', 'done', today.split('/').reverse().join('-')])
    assert.match(chosen.get('who'), /^[0-9a-f-]{36}$/)
    assert.equal(await rows.filter({ hasText: 'Look at a member of staff' }).filter({ hasText: ada }).count(), auditRows)
    assert.equal(await rows.count(), auditRows)

    const file = await download(lead, 'link', 'Download all that the filter chooses (CSV)')
    assert.ok(linesOf(file).length > auditRows)
    assert.deepEqual(linesOf(file).filter((line) => !line.includes('staff.view')), [])

    await follow(lead, 'Older')
    const older = new URL(lead.url()).searchParams
    assert.ok(older.get('before'))
    assert.deepEqual([...older].filter(([name]) => name !== 'before'), [...chosen])
    assert.equal(await rows.count(), linesOf(file).length - auditRows)
    await follow(lead, 'Newest')
    assert.deepEqual([...new URL(lead.url()).searchParams], [...chosen])
    await follow(lead, 'Show everything')
    assert.equal(new URL(lead.url()).search, '')
    assert.match(await rows.first().innerText(), /audit/i) // the download is the last that was done
  })

  test(`figures are chosen, read as tables and downloaded, ${how}`, async () => {
    await follow(lead, 'Overview')
    await pick(lead, 'Profession', 'Physiotherapists')
    await pick(lead, 'Received', 'In the last 4 quarters')
    await press(lead, 'Show figures')
    assert.equal(new URL(lead.url()).search, '?profession=physiotherapists&period=four-quarters')
    for (const [title, folded] of figures) {
      if (folded) await unfold(lead, `${title}: the table`)
      const file = await download(lead, 'link', `Download “${title}” (CSV)`)
      assert.ok(linesOf(file).length > 1)
      assert.deepEqual(linesOf(file), await cellsOf(lead.getByRole('table', { name: title })))
    }
    await leads.see(lead)
  })
}

test('on a phone the parts of the staff area are reached by keyboard, with JavaScript and without', async () => {
  for (const scripts of [true, false]) {
    const phone = await leads.window(scripts, 320)
    await phone.goto('/admin')
    await signInByHand(phone, 'ada@example.nhs.uk', password, leads.phone)
    await assertNoTrap(phone)
    if (scripts) {
      await tabTo(phone, phone.getByRole('button', { name: 'Browse More' }))
      await phone.keyboard.press('Enter')
      await assertNoTrap(phone)
    }
    await follow(phone, 'Audit')
    assert.equal(path(phone), '/admin/audit')
    await phone.context().close()
  }
})
