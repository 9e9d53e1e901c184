// Files of cases: chosen with mistakes, their columns said, checked, imported
// and not imported.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const imports = '/admin/expressions/import'

const rows = [
  'Surname,First name,E-mail,Mobile,Profession,Date received,Status,Comments',
  'Lovelace,Ada,ada.l@example.org,,Physiotherapist,03/02/2026,In review,"Rang us, and wrote."',
  'Seacole,Mary,,07700 900124,Dietitian,11/05/2026,,',
  'Nightingale,Florence,not an address,,Nurse,soon,Nowhere,'
].join('\r\n')

/** Waits until the work on the file of the last page is done. */
export async function done(lead, why) {
  for (let tries = 0; /Stop this page updating/.test(lead.body); tries++) {
    assert.ok(tries < 100, `the work does not end: ${lead.body}`)
    await sleep(200)
    await lead.get(lead.path, why)
  }
}

/** Uploads a file from the page of files. */
export async function upload(lead, name, content, why) {
  await lead.get(imports)
  await lead.sendFile(imports, { field: 'file', name, content }, why)
}

/** A lead sends files that are none, imports one, discards one, and sends the
 * same again. */
export async function importStates(lead) {
  await lead.get(`${imports}/headings.csv`)
  assert.match(lead.body, /Profession/)
  await lead.get(imports, 'before any file')
  await lead.sendFile(imports, undefined, 'with no file')
  assert.equal(lead.status, 422)
  await upload(lead, 'picture.png', '\x89PNG\r\n\x1a\n\0\0\0', 'with a picture')
  assert.equal(lead.status, 422)
  await upload(lead, 'large.csv', 'x'.repeat((20 << 20) + 1), 'with a file that is too large')
  assert.equal(lead.status, 422)

  await upload(lead, 'cases.csv', rows, 'with cases')
  const file = lead.path
  assert.match(file, /import\/[0-9a-f-]{36}$/)
  const asked = lead.body
  await lead.send(file, {}, 'with no columns')
  assert.equal(lead.status, 422)
  lead.body = asked
  await lead.send(file, { 'column-1': 'name', 'column-2': 'name', 'column-3': 'email' }, 'with a field twice')
  assert.equal(lead.status, 422)
  const columns = { 'column-1': 'last_name', 'column-2': 'first_name', 'column-3': 'email', 'column-4': 'phone', 'column-5': 'profession', 'column-6': 'received', 'column-7': 'stage', 'column-8': 'notes' }
  lead.body = asked
  await lead.send(file, columns, 'being checked')
  await done(lead, 'checked')
  assert.match(lead.body, /Import the 2 rows that are right/)
  const checked = lead.body
  await lead.get(`${file}/problems.csv`)
  await lead.get(`${file}?columns=yes`, 'with other columns')
  await lead.get(imports, 'with a file')
  lead.body = checked
  await lead.send(`${file}/start`, {}, 'being imported')
  await done(lead, 'imported')
  assert.match(lead.body, /2 expressions imported/)
  await lead.get('/admin/expressions?tab=all', 'with imported cases')
  await importedCase(lead)

  await upload(lead, 'again.csv', rows, 'with the same file')
  assert.equal(lead.status, 422)
  await upload(lead, 'wrong.csv', 'Name,Profession,Received,Email\r\nAda,Nurse,never,nothing', 'with nothing that is right')
  await lead.send(lead.path, { 'column-1': 'name', 'column-2': 'profession', 'column-3': 'received', 'column-4': 'email' })
  await done(lead, 'with nothing that is right')
  await lead.send(`${lead.path}/discard`, {}, 'discarded')
  assert.equal(lead.path, imports)
}

/** The page of a case that was imported without most answers. */
async function importedCase(lead) {
  await lead.send('/admin/expressions/search', { text: 'Seacole' }, 'to an imported case')
  const [, reference] = lead.body.match(/\/admin\/expressions\/([A-Z2-9-]+)"/) ?? assert.fail(`no case in ${lead.body}`)
  await lead.get(`/admin/expressions/${reference}`, 'imported')
  assert.match(lead.body, /Row 3 of cases\.csv/)
  assert.match(lead.body, /Not given/)
  await lead.get(`/admin/expressions/${reference}/data`, 'of an imported case')
}
