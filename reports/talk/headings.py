"""The headings and labels of a talk brief, by their key."""

from __future__ import annotations

from reports.talk.speaking import Speaking


def make_headings(spoken: Speaking) -> dict[str, str]:
    """Words of page, paper and presentation."""
    say = spoken.say
    name = spoken.person
    return {
        "foot": say("For the talk between the two of you, and for nothing else."),
        "with": say("with {name}", name=spoken.holder) if spoken.holder else "",
        "private": say("This page is for you alone. Take it out before you hand the rest to anybody."),
        "private_notes": say(
            "This page and your notes on the last page are for you alone. Take both out before you hand the "
            "rest to anybody."
        ),
        "private_screen": say("For you alone. Nobody else sees this part."),
        "to_talk": say("Back to the talk"),
        "present": say("Show it to both"),
        "as_pdf": say("Download as PDF"),
        "agreements": say("Agreements"),
        "last_time": say("Last time’s agreements"),
        "agreed": say("What we have agreed"),
        "write_notes": say("Write notes"),
        "change_notes": say("Change the notes"),
        "leave": say("Stop showing"),
        "slide": say("Part {number} of {all}", number="{number}", all="{all}"),
        "with_notes": say("PDF with my notes"),
        "with_notes_file": say("with my notes"),
        "private_foot": say("For you alone"),
        "notes_left_out": say(
            "Your notes are left out of this file, so that nobody gets them by mistake. They stand on the "
            "page of the talk, and in the PDF with your notes."
        ),
        "by_key": say("The arrow keys lead on and back."),
        "part_by_part": say("Part by part"),
        "points": say("What matters most"),
        "plan": say("How to spend the time"),
        "styles": say("How to lead this talk"),
        "style": say("Style"),
        "job_area": say("Job area"),
        "notes": say("Your working notes"),
        "notes_more": say("The whole of your notes stands on the last page."),
        "notes_private": say(
            "Only you see these. They are in no presentation and in no file for others. {name} may have a "
            "right of access to notes about them.",
            name=name,
        ),
        "when": say("When"),
        "what": say("What"),
        "views": say("Two views"),
        "differ": say("Where the views differ"),
        "agree": say("Where they agree"),
        "untold": say("No difference that can be told from chance"),
        "part": say("Part"),
        "score": say("Score"),
        "difference": say("Difference"),
        "interval": say("Interval"),
        "beyond": say("Beyond chance"),
        "within": say("Within chance"),
        "unknown": say("Precision not known"),
        "incomparable": say("Cannot be compared"),
        "verdict": say("Real change?"),
        "before_after": say("Then → now"),
        "questions": say("Open questions"),
        "questions_lead": say("Choose two or three. Ask, wait, and ask what lies behind the answer."),
        "question": say("Question"),
        "prepared": say("Preparations"),
        "answers": say("Other answers"),
        "agreement": say("Agreement"),
        "first_step": say("First step"),
        "help_needed": say("Help needed"),
        "owner": say("Who"),
        "due": say("By when"),
        "seen_by": say("How it will be seen"),
        "status": say("Status"),
        "attachment": say("What stands here as data (JSON)"),
        "summary": say("The talk at a glance"),
        "next": say("Next"),
        "previous": say("Back"),
        "contents": say("Contents"),
        "end": say("What do we agree?"),
        "end_lead": say(
            "A few things, each with a first step, a name and a date, and how you will both see it."
        ),
        "not_here": say("Working notes and what only one of the two may see are not shown here."),
    }
