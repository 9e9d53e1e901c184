// What seldom happens to a case, by keyboard alone, with JavaScript and without:
// somebody else changes or erases it meanwhile, its address fails, an answer opens
// another question, the person wants a copy of their data.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Inbox } from './inbox.mjs'
import { choose, follow, goToFault, pick, press, type, typeInto, unfold } from './keyboard.mjs'
import { Leads, address, how, main, open, timeline } from './leads.mjs'
import { Visitor } from './visitor.mjs'

/** The people of each window: nobody disturbs the other. */
const people = { true: { moved: 'Ada Ash', told: 'Bea Birch', wrong: 'Cal Cedar' }, false: { moved: 'Eve Finch', told: 'Fay Heron', wrong: 'Gus Martin' } }

const leads = new Leads()
let inbox

before(async () => {
  inbox = await Inbox.start()
  await leads.start({ PORTAL_SMTP_URL: inbox.url })
  leads.addColleague('Rita Reviewer')
  const rows = Object.values(people).flatMap(Object.values).map((name) => [name, address(name), 'Dietitian', '01/06/2026'])
  await leads.bringIn([['Full name', 'E-mail', 'AHP', 'Date received'], ...rows])
})

after(async () => {
  await leads.end()
  await inbox?.end()
})

for (const scripts of [true, false]) {
  const { moved, told, wrong } = people[scripts]

  test(`what somebody else did meanwhile is shown, and what was typed is kept, ${how(scripts)}`, async () => {
    const [page, other] = [await leads.begin(scripts), await leads.begin(!scripts)]
    const reference = await open(page, moved)
    await open(other, moved)
    await pick(other, 'Assign to', 'Rita Reviewer')
    await press(other, 'Assign')
    await choose(page, 'In review')
    await typeInto(page, '#move-note', 'Looks good.')
    await press(page, 'Move')
    assert.match(await main(page), /This case changed while you had it open[^]*Assigned to Rita Reviewer/)
    await leads.see(page)
    await press(page, 'Move')
    assert.match(await timeline(page), /^Moved from “Received” to “In review” .* by Ada Lead Looks good\./)

    await follow(other, 'Erase this case')
    await type(other, 'typed', reference)
    await press(other, 'Erase this case')
    await typeInto(page, '#note', 'One more thing.')
    await press(page, 'Add the note')
    assert.match(await main(page), /Erased[^]*If you were about to write to the person, do not\./)
    await leads.see(page)
    await follow(page, 'Go to the expressions of interest')
    assert.ok(!(await main(page)).includes(reference))
  })

  test(`the email about a move is left and come back to, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await open(page, told)
    await choose(page, 'Contacted')
    await press(page, 'Move')
    await choose(page, 'Finding a placement')
    await press(page, 'Move')
    await type(page, 'says', '')
    await press(page, 'Move and send')
    await leads.see(page)
    await goToFault(page, 'Enter what the email says')
    await page.keyboard.type('We look in Boston and Lincoln.')
    await press(page, 'Back to the case')
    assert.ok(await page.getByRole('radio', { name: 'Finding a placement' }).isChecked())
    await press(page, 'Move')
    assert.equal(await page.locator('[name=says]').inputValue(), 'We look in Boston and Lincoln.')
    await press(page, 'Move without an email')
    assert.match(await timeline(page), /^Moved from “Contacted” to “Finding a placement”/)
    assert.doesNotMatch(await timeline(page), /Boston/)
  })

  test(`an address that fails is noted and put right, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await open(page, wrong)
    await unfold(page, 'An email came back')
    await typeInto(page, '#bounce-note', 'The mailbox is full.')
    await press(page, 'Record that an email came back')
    assert.match(await main(page), /Recorded: an email came back[^]*We could not email this person/)
    await press(page, 'The address works again')
    assert.match(await main(page), /Recorded: the address works again/)
    await unfold(page, 'The address is wrong')
    await press(page, 'Correct the address')
    await goToFault(page, 'Enter the correct email address')
    await page.keyboard.type(`new.${address(wrong)}`)
    await press(page, 'Correct the address')
    assert.match(await main(page), /Email address corrected/)
    assert.match(await timeline(page), /Email address corrected .* The email address works again .* An email came back .* The mailbox is full\./)
  })

  test(`a corrected answer opens another question, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await open(page, wrong)
    await follow(page, /^Correct\s*:?\s*Profession$/)
    await choose(page, 'Radiographer')
    await type(page, 'why', 'The spreadsheet was wrong.')
    await press(page, 'Correct the answer')
    assert.match(await main(page), /This question applies because of what you correct/)
    await leads.see(page)
    await choose(page, 'Diagnostic radiographer')
    await press(page, 'Correct the answer')
    assert.match(await timeline(page), /Answer corrected: Branch .* Not asked before\. Now “Diagnostic radiographer”/)
    assert.match(await timeline(page), /Answer corrected: Profession .* From “Dietitian” to “Radiographer” The spreadsheet was wrong\./)
  })

  test(`a person who wants a copy of their data gets it, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    const reference = await open(page, told)
    await unfold(page, 'Ask for more information')
    await type(page, 'message', 'Do you drive?')
    await press(page, 'Ask')
    await wantCopy(await inbox.link(address(told), 'Do you drive?'))
    await follow(page, 'Overview')
    await follow(page, reference)
    await leads.see(page)
    assert.match(await main(page), /Asked for a copy of their data/)
    await press(page, 'The copy was given')
    assert.match(await main(page), /Recorded: the person has a copy of their data/)
    assert.match(await timeline(page), /^Copy of their data given/)
  })
}

/** Asks for a copy, as the returner whose mail has a link. */
async function wantCopy(link) {
  const returner = await Visitor.start(leads.portal)
  const copy = `${link.replace(/\/answer$/, '')}/copy`
  await returner.get(copy)
  await returner.send(copy, {})
  assert.equal(returner.status, 200)
  await returner.end()
}
