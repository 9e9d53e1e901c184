// The staff area's first page with figures: chosen, and as files.
import assert from 'node:assert/strict'

/** What a lead sees of how far cases come. */
export async function dashboardStates(lead) {
  await lead.get('/admin?profession=physiotherapists&period=this-quarter', 'with some figures')
  await lead.get('/admin?profession=osteopaths', 'with figures of nobody')
  for (const table of ['steps', 'professions', 'quarters', 'stages', 'cases/late', 'cases/times', 'cases/load']) {
    await lead.get(`/admin/figures/${table}`)
    assert.equal(lead.status, 200)
  }
}
