// The queue by keyboard alone, with JavaScript and without: a lead finds cases,
// exports them and changes many at once, each to its result.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Inbox } from './inbox.mjs'
import { assertNoTrap, choose, download, follow, goToFault, pick, press, tabTo, tick, type, unfold } from './keyboard.mjs'
import { Leads, address, how, main, path, timeline } from './leads.mjs'
import { proveByHand } from './phone.mjs'

const first = ['Ada', 'Bea', 'Cal', 'Dot', 'Eve', 'Fay', 'Gus']
const inReview = 30
const all = 35
const longAgo = new Date().getFullYear() - 1

/** Whose cases each window works on: nobody disturbs the other. */
const professions = {
  true: { name: 'Dietitians', singular: 'Dietitian', surnames: ['Ash', 'Birch', 'Cedar', 'Elm', 'Hazel'] },
  false: { name: 'Podiatrists', singular: 'Podiatrist', surnames: ['Finch', 'Heron', 'Martin', 'Swift', 'Wren'] }
}

const leads = new Leads()
let inbox

before(async () => {
  inbox = await Inbox.start()
  await leads.start({ PORTAL_SMTP_URL: inbox.url })
  leads.addColleague('Rita Reviewer')
  await leads.bringIn([['Full name', 'E-mail', 'AHP', 'Date received', 'Current status'], ...rows(true), ...rows(false)])
})

after(async () => {
  await leads.end()
  await inbox?.end()
})

/** The names of a window's people, the newest case first. */
const names = (scripts) => professions[scripts].surnames.flatMap((surname) => first.map((name) => `${name} ${surname}`))

/** Cases of every other day, of which the oldest are not looked at yet. */
function rows(scripts) {
  return names(scripts).map((name, i) => {
    const day = new Date(Date.now() - (2 * i + (scripts ? 3 : 4)) * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/')
    return [name, address(name), professions[scripts].singular, day, i < inReview ? 'In review' : '']
  })
}

const listed = (page) => page.locator('.app-queue tbody tr')
const referenceOf = (row) => row.getByRole('link').first().innerText()

async function assertFound(page, words) {
  assert.equal(await page.getByRole('heading', { name: words, exact: true }).count(), 1, `${page.url()} does not say ${words}: ${await main(page)}`)
}

/** Opens the queue with all cases of the window's profession. */
async function openAll(page, scripts) {
  await follow(page, 'Expressions of interest')
  await follow(page, /^All /)
  await pick(page, 'Profession', professions[scripts].name)
  await press(page, 'Show these cases')
  await assertFound(page, `${all} cases`)
}

/** How many records a CSV file has below its headings. */
function records(file) {
  let quoted = false
  let lines = 0
  for (const letter of file.toString('utf8')) {
    if (letter === '"') quoted = !quoted
    if (letter === '\n' && !quoted) lines++
  }
  return lines - 1
}

/** Opens what can be done with the cases of a list, and gives those it offers. */
async function openBulk(page, scripts) {
  await openAll(page, scripts)
  await follow(page, 'Change cases together')
  return page.getByRole('checkbox').evaluateAll((boxes) => boxes.map(({ labels: [label] }) => label.textContent.trim()))
}

/** Looks at a change, makes it and waits for its end. */
async function make(page, expected, button) {
  await press(page, 'Look at the change')
  await leads.see(page)
  assert.match(await main(page), expected)
  await press(page, button)
  await finish(page)
  await leads.see(page)
}

/** Waits for the end of a change, whose page loads itself again. */
async function finish(page) {
  await page.getByText('The change is finished.').waitFor({ timeout: 60_000 })
}

/** Has a page load itself no more, which it may do while somebody is on the way to
 * the link. */
async function stopUpdating(page) {
  const stopped = page.getByText('This page no longer updates.')
  for (let tries = 0; (await stopped.count()) === 0; tries++) {
    assert.ok(tries < 20, `the page cannot be stopped: ${await main(page)}`)
    await follow(page, 'Stop this page updating').catch(() => page.waitForLoadState())
  }
}

/** Opens the case of what a change offered, and gives its timeline. */
async function timelineOf(page, offered) {
  await follow(page, offered.split(',')[0])
  return timeline(page)
}

for (const scripts of [true, false]) {
  test(`the queue is filtered, sorted and paged, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await follow(page, 'Expressions of interest')
    await leads.see(page)
    await follow(page, /^Unassigned /)
    assert.match(await page.locator('.app-tabs [aria-current=page]').innerText(), /^Unassigned/)
    await follow(page, /^All /)

    // On a phone the filters are folded away.
    await page.setViewportSize({ width: 320, height: 900 })
    await unfold(page, 'Filters and views')
    await pick(page, 'Sort by', 'Newest first')
    await pick(page, 'Stage', 'In review')
    await pick(page, 'Profession', professions[scripts].name)
    await press(page, 'Show these cases')
    await assertFound(page, `${inReview} cases`)
    await page.setViewportSize({ width: 1280, height: 900 })
    await leads.see(page)

    const [newest] = names(scripts)
    assert.match(await listed(page).first().innerText(), new RegExp(newest))
    await follow(page, /^Next/)
    assert.equal(await listed(page).count(), inReview - 25)
    await follow(page, /^Previous/)
    assert.match(await listed(page).first().innerText(), new RegExp(newest))
    await page.goBack() // the browser's own key
    assert.equal(await listed(page).count(), inReview - 25)
    await assertFound(page, `${inReview} cases`)
    await follow(page, /^Remove: Stage: In review/)
    await assertFound(page, `${all} cases`)
  })

  test(`a view of the queue is saved, used and deleted, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await openAll(page, scripts)
    await press(page, 'Save this view')
    await leads.see(page)
    await goToFault(page, 'Enter a name for this view')
    await page.keyboard.type('Those I know')
    await press(page, 'Save this view')
    assert.match(await main(page), /View saved: Those I know/)
    await follow(page, /^Remove: /)
    await assertFound(page, `${2 * all} cases`)
    await follow(page, 'Those I know')
    await assertFound(page, `${all} cases`)
    await press(page, 'Delete the view Those I know')
    assert.match(await main(page), /View deleted[\s\S]*You have no views yet/)
  })

  test(`a case is found by a name, and the oldest one is taken, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await follow(page, 'Expressions of interest')
    const wanted = names(scripts)[17]
    await type(page, 'text', wanted)
    await press(page, 'Search')
    await assertFound(page, '1 case')
    await follow(page, await referenceOf(listed(page).first()))
    assert.match(await page.locator('h1').innerText(), new RegExp(wanted))

    await follow(page, 'Expressions of interest')
    await follow(page, /^Unassigned /)
    await pick(page, 'Sort by', 'Oldest first')
    await press(page, 'Show these cases')
    const oldest = await referenceOf(listed(page).first())
    await press(page, 'Take the next one')
    assert.equal(path(page), `/admin/expressions/${oldest}`)
    assert.match(await main(page), /You have this case now/)
    await follow(page, 'Expressions of interest')
    await follow(page, /^Mine /)
    assert.ok((await main(page)).includes(oldest))
  })

  test(`where nothing matches, the list says what to do, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await openAll(page, scripts)
    await tabTo(page, page.getByLabel('Received up to', { exact: true }))
    await page.keyboard.type(`0101${longAgo}`) // the day and the month, in whichever order
    await press(page, 'Show these cases')
    await assertFound(page, '0 cases')
    await leads.see(page)
    assert.match(await main(page), /No case in this tab matches all of these filters\. Remove one/)
    await follow(page, new RegExp(`^Remove: Received up to 1 January ${longAgo}`))
    await assertFound(page, `${all} cases`)
    await type(page, 'text', 'zzzz zzzz')
    await press(page, 'Search')
    assert.match(await main(page), /Check the spelling, or try fewer words or fewer filters\./)
  })

  test(`a list is exported, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await openAll(page, scripts)
    await leads.portal.ageProofs()
    await follow(page, 'Export these expressions')
    await leads.see(page)
    await press(page, 'Continue')
    await goToFault(page, 'Enter your password')
    await proveByHand(page, leads.phone)
    assert.equal(path(page), '/admin/expressions/export')
    await leads.see(page)
    await assertFound(page, `${all} expressions`)
    assert.ok((await main(page)).includes(professions[scripts].name))
    await choose(page, 'CSV')
    await choose(page, 'Yes')
    const csv = await download(page, 'button', 'Export')
    assert.equal(records(csv), all)
    for (const name of names(scripts)) assert.ok(csv.includes(name), `${name} is not in the file`)

    await follow(page, 'Change what is chosen')
    await follow(page, 'Export these expressions')
    await choose(page, 'XLSX')
    await choose(page, 'No, for counting alone')
    await press(page, 'Export')
    await leads.see(page)
    for (let tries = 0; (await page.getByRole('button', { name: 'Get the file' }).count()) === 0; tries++) {
      assert.ok(tries < 100, `the file is never ready: ${await main(page)}`)
      await follow(page, 'See how far it is now')
    }
    assert.match(await main(page), new RegExp(`${all} expressions, ready`))
    const workbook = await download(page, 'button', 'Get the file')
    assert.equal(workbook.toString('latin1', 0, 2), 'PK')
    await follow(page, 'Export again')
    // It is forgotten after its last byte was sent, which may be a moment after it came.
    for (let tries = 0; !new RegExp(`XLSX\\s+${all} expressions, fetched or deleted`).test(await main(page)); tries++) {
      assert.ok(tries < 20, await main(page))
      await page.reload()
    }
  })

  test(`chosen cases are assigned, moved and written to, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    const offered = await openBulk(page, scripts)
    await leads.see(page)
    await press(page, 'Look at the change')
    await leads.see(page)
    await goToFault(page, 'Select the cases')
    await goToFault(page, 'Select what to do')
    const [assigned, moved, told] = [offered.slice(-2), offered.slice(-4, -2), offered.slice(-6, -4)]
    for (const one of assigned) await tick(page, one)
    await choose(page, 'Assign them')
    await pick(page, 'Assign to', 'Rita Reviewer')
    await make(page, /Assign to Rita Reviewer\s+Will be changed\s+2/, 'Assign 2 cases')
    assert.match(await main(page), /Done\s+2/)
    assert.match(await timelineOf(page, assigned[0]), /^Assigned to Rita Reviewer .* by Ada Lead/)

    await openBulk(page, scripts)
    for (const one of moved) await tick(page, one)
    await choose(page, 'Move them to another stage')
    await pick(page, 'Next stage', 'Contacted')
    await type(page, 'note', 'We rang them all.')
    await make(page, /Move to Contacted\s+Note\s+We rang them all\.\s+Will be changed\s+2/, 'Move 2 cases')
    assert.match(await timelineOf(page, moved[1]), /^Moved from “In review” to “Contacted” .* We rang them all\./)

    await openBulk(page, scripts)
    for (const one of told) await tick(page, one)
    await choose(page, 'Send the people a message')
    await pick(page, 'Message', 'How is it going?')
    await press(page, 'Look at the change')
    await type(page, 'says', '')
    await press(page, 'Send to 2 cases')
    await leads.see(page)
    await goToFault(page, 'Enter what the email says')
    await page.keyboard.type('How are you getting on?')
    await press(page, 'Send to 2 cases')
    await finish(page)
    for (const one of told) await inbox.mail(address(one.split(', ')[1]), 'How are you getting on?')
  })

  test(`all cases that a filter matches are assigned, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await openBulk(page, scripts)
    await choose(page, `All that the list has: ${all} cases`)
    await choose(page, 'Assign them')
    await pick(page, 'Assign to', 'Rita Reviewer')
    await make(page, new RegExp(`They have it already\\s+2`), `Assign ${all - 2} cases`)
    assert.match(await main(page), new RegExp(`Done\\s+${all - 2}`))
    await follow(page, 'Back to the list')
    assert.equal(await listed(page).filter({ hasText: 'Rita Reviewer' }).count(), 25)
  })

  test(`a change that no case allows is not offered, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await openBulk(page, scripts)
    await choose(page, `All that the list has: ${all} cases`)
    await choose(page, 'Move them to another stage')
    await pick(page, 'Next stage', 'Returned')
    await press(page, 'Look at the change')
    assert.match(await main(page), /None of these cases can be changed so\.[^]*This move is not allowed from its stage/)
    assert.equal(await page.locator('main').getByRole('button').count(), 0)
    await follow(page, 'Back to the list')
    await assertFound(page, `${all} cases`)
  })

  test(`the page of a change is kept from loading itself, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await openBulk(page, scripts)
    await choose(page, `All that the list has: ${all} cases`)
    await choose(page, 'Assign them')
    await pick(page, 'Assign to', 'Nobody')
    await press(page, 'Look at the change')
    const release = await leads.portal.holdCases()
    await press(page, `Assign ${all} cases`)
    await stopUpdating(page)
    await assertNoTrap(page)
    await release()
    await follow(page, 'See how far it is now')
    await finish(page)
    assert.match(await main(page), new RegExp(`Done\\s+${all}`))
  })
}
