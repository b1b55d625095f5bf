"""Where reviewers find what they ask for, and the works that the manual refers to."""

from __future__ import annotations

from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table
from reports.manual.draft import Draft
from reports.manual.sayings import Manual
from reports.manual.theory import follows_model

THEORY = (
    "Blank, W., Weitzel, J. R., & Green, S. G. (1990). A test of the situational leadership theory. "
    "Personnel Psychology, 43, 579–597.",
    "Fernandez, C. F., & Vecchio, R. P. (1997). Situational leadership theory revisited: A test of an "
    "across-jobs perspective. The Leadership Quarterly, 8, 67–84.",
    "Graeff, C. L. (1983). The situational leadership theory: A critical view. Academy of Management "
    "Review, 8, 285–291.",
    "Graeff, C. L. (1997). Evolution of situational leadership theory: A critical review. The Leadership "
    "Quarterly, 8, 153–170.",
    "Norris, W. R., & Vecchio, R. P. (1992). Situational leadership theory: A replication. Group & "
    "Organization Management, 17, 331–342.",
    "Thompson, G., & Glasø, L. (2015). Situational leadership theory: A test from three perspectives. "
    "Leadership & Organization Development Journal, 36, 527–544.",
    "Thompson, G., & Glasø, L. (2018). Situational leadership theory: A test from a leader-follower "
    "congruence approach. Leadership & Organization Development Journal, 39, 574–591.",
    "Thompson, G., & Vecchio, R. P. (2009). Situational leadership theory: A test of three versions. The "
    "Leadership Quarterly, 20, 837–848.",
    "Vecchio, R. P. (1987). Situational leadership theory: An examination of a prescriptive theory. Journal "
    "of Applied Psychology, 72, 444–451.",
)
METHODS = (
    "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16, "
    "297–334.",
    "Feldt, L. S., Woodruff, D. J., & Salih, F. A. (1987). Statistical inference for coefficient alpha. "
    "Applied Psychological Measurement, 11, 93–103.",
    "Huang, J. L., Curran, P. G., Keeney, J., Poposki, E. M., & DeShon, R. P. (2012). Detecting and "
    "deterring insufficient effort responding to surveys. Journal of Business and Psychology, 27, 99–114.",
    "Jacobson, N. S., & Truax, P. (1991). Clinical significance. Journal of Consulting and Clinical "
    "Psychology, 59, 12–19.",
    "Livingston, S. A., & Lewis, C. (1995). Estimating the consistency and accuracy of classifications "
    "based on test scores. Journal of Educational Measurement, 32, 179–197.",
    "Mantel, N. (1963). Chi-square tests with one degree of freedom. Journal of the American Statistical "
    "Association, 58, 690–700.",
    "McDonald, R. P. (1999). Test theory: A unified treatment. Erlbaum.",
    "Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data. Psychological "
    "Methods, 17, 437–455.",
    "Rudner, L. M. (2001, 2005). Computing the expected proportions of misclassified examinees; Expected "
    "classification accuracy. Practical Assessment, Research & Evaluation, 7(14), 10(13).",
    "Samejima, F. (1969). Estimation of latent ability using a response pattern of graded scores. "
    "Psychometrika Monograph 17.",
    "Shrout, P. E., & Fleiss, J. L. (1979). Intraclass correlations. Psychological Bulletin, 86, 420–428.",
)
STYLES = (
    "Baron, H. (1996). Strengths and limitations of ipsative measurement. Journal of Occupational and "
    "Organizational Psychology, 69, 49–56.",
    "Hicks, L. E. (1970). Some properties of ipsative, normative, and forced-choice normative measures. "
    "Psychological Bulletin, 74, 167–184.",
)
STANDARDS = (
    "AERA, APA, & NCME (2014). Standards for educational and psychological testing.",
    "EFPA (2013, 2025). Review model for the description and evaluation of psychological and educational "
    "tests, version 4.2.6; EFPA test review model, version 2025.",
    "ISO 10667-1 and -2 (2020). Assessment service delivery.",
    "International Test Commission. Guidelines on test use, on computer-based testing, and on quality "
    "control in scoring.",
)


def review(manual: Manual, chapters: dict[str, int]) -> Draft:
    """A table from what standards ask for to the chapters. `chapters`: id → number."""
    words = manual.words

    def at(*ids: str) -> str:
        return ", ".join(str(chapters[chapter]) for chapter in ids if chapter in chapters)

    rows = (
        (words.say("Intended use, users, uses that are ruled out"), at("purpose", "not-for")),
        (words.say("Rationale and evidence of the theory"), at("theory")),
        (words.say("Development, content, languages"), at("development", "items")),
        (words.say("Material: items, key, answers, forms"), at("items")),
        (words.say("Description of the sample"), at("sample")),
        (words.say("Norms"), at("norms")),
        (words.say("Reliability of every score, standard errors"), at("reliability", "precision", "change")),
        (words.say("Cut scores: reasons, accuracy, consistency"), at("decisions")),
        (words.say("Validity by source of evidence"), at("validity", "agreement")),
        (words.say("Fairness, differential item functioning"), at("fairness")),
        (words.say("Quality of the answers, missing answers"), at("quality", "sample")),
        (words.say("Computer-generated reports: what each number rests on"), at("versions")),
        (words.say("Rights of those who are assessed, complaints"), at("purpose", "versions")),
    )
    return Draft(
        title=words.say("Where reviewers find what they ask for"),
        state="written",
        blocks=(
            Paragraph(
                text=words.say(
                    "The EFPA review model, the Standards of AERA, APA and NCME and ISO 10667 ask for much "
                    "the same. The numbers are those of the chapters."
                ),
                kind="lead",
            ),
            Table(
                title="",
                columns=(
                    Column(label=words.say("Asked for")),
                    Column(label=words.say("Chapter"), kind="number", width=30),
                ),
                rows=tuple(Row(head=name, cells=(where,)) for name, where in rows if where),
            ),
            Paragraph(
                text=words.say(
                    "No review by anybody from outside is known to the program. This manual is not a "
                    "certificate."
                )
            ),
        ),
    )


def references(manual: Manual) -> Draft:
    """Only works that the manual rests on."""
    words = manual.words
    blocks: list[Block] = []
    if follows_model(manual):
        blocks += [Heading(text=words.say("On the theory")), Bullets(lines=THEORY)]
    methods = sorted((*METHODS, *STYLES)) if manual.evidence.is_situations else list(METHODS)
    blocks += [
        Heading(text=words.say("On the figures")),
        Bullets(lines=tuple(methods)),
        Heading(text=words.say("Standards")),
        Bullets(lines=STANDARDS),
    ]
    return Draft(title=words.say("References"), state="written", blocks=tuple(blocks))
