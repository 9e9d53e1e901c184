package updating

// routeRules says which rule each other route rests on.
var routeRules = map[Route]string{
	ToGOsC:          RuleOsteopaths,
	Restoration:     RuleRemoved,
	StayRegistered:  RuleStay,
	International:   RuleInternational,
	FirstTime:       RuleFirst,
	PractisedAbroad: RuleAbroad,
}

// behind gives the rules that a result rests on, in the order of Rules.
func (s RuleSet) behind(r Result) []Rule {
	used := map[string]bool{}
	for _, o := range r.Outcomes {
		s.mark(used, o, r.Answers.Standing)
	}
	var rules []Rule
	for _, rule := range s.Rules() {
		if used[rule.ID] {
			rules = append(rules, rule)
		}
	}
	return rules
}

func (s RuleSet) mark(used map[string]bool, o Outcome, standing Standing) {
	use := func(ids ...string) {
		for _, id := range ids {
			used[id] = true
		}
	}
	switch o.Kind {
	case AnotherRoute:
		use(routeRules[o.Route])
	case RegulatorDecides:
		use(RuleLateFirst)
	case None:
		use(RuleUnder, RulePractice, RuleCountedTo)
		if standing == NotPractising {
			use(RuleStay)
		}
	case Days:
		use(RuleDay, RuleKinds, RulePrivate, RuleWindow, RulePractice, RuleCountedTo)
		use(s.bandRule(o.Days))
		if standing == NotPractising {
			use(RuleRenewal)
		}
	}
	if !o.Exactly.IsZero() {
		use(RuleExactly)
	}
}

func (s RuleSet) bandRule(days int) string {
	if days == s.Bands[1].Days {
		return RuleShort
	}
	return RuleLong
}
