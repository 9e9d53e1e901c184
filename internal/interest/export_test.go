package interest

// SelectDuplicates is the query of DuplicatesOf, whose plan is tested.
const SelectDuplicates = selectDuplicates
