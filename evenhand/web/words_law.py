"""The law as people read it: headings, bans, what becomes of a rule. A part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

LAW: Final[dict[str, dict[str, str]]] = {
    "told": {
        "when": _("When we may contact you"),
        "often": _("How often"),
        "how": _("How, and what we must say"),
        "whom": _("Who else may be told"),
        "visit": _("If somebody comes to see you"),
        "never": _("What nobody may do"),
        "stops": _("What stops, and when"),
        "complain": _("Where to complain"),
        "record": _("Your debt and your records"),
    },
    "never": {
        "threat_arrest": _("Threaten you with arrest, prison or a criminal case"),
        "violence": _("Threaten you, or anybody close to you, with violence"),
        "impersonate_authority": _("Pose as a court, the police or another authority"),
        "simulated_legal_doc": _("Imitate court papers or other legal documents"),
        "shaming": _("Shame you in public, or expose what is private"),
        "third_party_pressure": _("Tell others of your debt, or press you through them"),
        "misstate_amount": _("Ask for a sum that is not right, or a charge not in your contract"),
        "insult_obscene": _("Insult you"),
        "false_consequence": _("Name a consequence that is false or not in our power"),
        "borrow_to_repay": _("Urge you to borrow in order to repay"),
        "deceptive_urgency": _("Feign urgency, or trick you into calling"),
        "payment_diversion": _(
            "Ask you to pay elsewhere than to our registered accounts, or for a code, a PIN or cash"
        ),
    },
    "other_person": {
        "nominated_contact": _("people you named as contacts"),
        "relative": _("relatives"),
        "neighbour": _("neighbours"),
        "colleague": _("colleagues"),
        "employer": _("your employer"),
        "stranger": _("strangers"),
    },
    "law_type": {
        "hours": _("Hours"),
        "frequency": _("How often"),
        "gap": _("How long between"),
        "precondition": _("What must have been tried"),
        "consent": _("Consent"),
        "preference": _("Wishes"),
        "place": _("Places"),
        "pause": _("Pauses"),
        "party": _("Whom"),
        "visit": _("Visits"),
        "disclosure": _("What must be said"),
        "deadline": _("Deadlines"),
        "bureau": _("Credit records"),
        "duty": _("Duties"),
        "content": _("Words that are forbidden"),
        "cap": _("What it may cost"),
        "rate": _("Published rates"),
        "retention": _("What is kept"),
        "limitation": _("Time-barred debts"),
    },
    "law_becomes": {
        "changes": _("changes"),
        "begins": _("is new"),
        "ends": _("ends"),
        "rests": _("says the same, on other sources"),
    },
    "what_if": {
        "refused": _("would have been refused"),
        "allowed": _("would have been allowed"),
    },
    "law_effect": {
        "forbids": _("forbids"),
        "should_not": _("advises against"),
        "requires": _("requires"),
        "presumption": _("presumes a violation"),
        "allows": _("leaves open"),
        "house": _("our own rule"),
    },
    "effect": {
        "deny": _("refuses"),
        "warn": _("warns"),
        "inform": _("for information"),
    },
    "force": {
        "hard": _("binding"),
        "soft": _("guidance"),
        "policy": _("house policy"),
    },
    "read": {
        "seen": _("read in the original on"),
        "secondary": _("read in a report on"),
        "house": _("set by the house on"),
    },
    "instrument": {
        "statute": _("Statute"),
        "administrative_regulation": _("Administrative regulation"),
        "regulation": _("Regulation"),
        "ministerial_rule": _("Ministerial rule"),
        "regulator_notice": _("Regulator's notice"),
        "judicial_interpretation": _("Judicial interpretation"),
        "national_standard_recommended": _("Recommended national standard"),
        "self_regulatory": _("Self-regulatory rule"),
        "state_regulation": _("State regulation"),
        "house_policy": _("House policy"),
    },
}
