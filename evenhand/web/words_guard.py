"""What the guard for words finds and where, and wordings: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

GUARD: Final[dict[str, dict[str, str]]] = {
    "held": {
        "threat_arrest": _("Threat of arrest"),
        "violence": _("Violence"),
        "impersonate_authority": _("Speaking as an authority"),
        "simulated_legal_doc": _("Imitated legal document"),
        "shaming": _("Shaming"),
        "third_party_pressure": _("Pressure through others"),
        "misstate_amount": _("Amount not right"),
        "insult_obscene": _("Insult"),
        "false_consequence": _("Consequence not planned"),
        "borrow_to_repay": _("Borrowing to repay"),
        "deceptive_urgency": _("False urgency"),
        "payment_diversion": _("Paying elsewhere"),
    },
    "held_where": {
        "complaint_answer": _("Answer to a complaint"),
        "complaint_longer": _("More time for a complaint"),
        "complaint_allowed": _("Collecting goes on beside a complaint"),
        "plan_agreed": _("Yes to a plan"),
        "plan_declined": _("No to a plan"),
        "plan_countered": _("Another plan offered"),
        "claim_answer": _("Answer to “I did not take this loan”"),
        "decision": _("Decision on an application"),
        "reply": _("Answer to a reply"),
    },
    "words_sort": {
        "sms": _("Text messages"),
        "in_app": _("Notices in the app"),
        "reply": _("Answers to words of crisis"),
        "code": _("Security codes"),
        "call": _("What is said in calls"),
    },
    "words_template": {
        "attention": _("Something is past due"),
        "notice": _("Something falls due"),
        "received": _("There is a receipt"),
        "news": _("There is news"),
        "tomorrow": _("Something agreed happens tomorrow"),
        "changed": _("Details were changed"),
        "helpline": _("Somebody to talk to"),
        "text": _("The code"),
        "what_for": _("What the code is for"),
        "script": _("The whole call"),
    },
    "words_field": {
        "title": _("Title"),
        "text": _("Words"),
        "plain": _("Words where a figure is not there"),
        "opening": _("How it begins"),
        "who": _("Who is on the line"),
        "matter": _("What it is about"),
        "choices": _("What the person may ask for"),
        "close": _("How it ends"),
        "register": _("To register"),
        "sign_in": _("To sign in"),
        "be_sure": _("To confirm"),
        "change_number": _("To change the number"),
        "join": _("To answer an invitation"),
    },
    "words_declined": {
        "law": _("Against the law or the contract"),
        "unclear": _("Not clear enough"),
        "tone": _("Not the tone we want"),
        "figures": _("Figures or days not right"),
        "taken_back": _("Taken back"),
    },
}
