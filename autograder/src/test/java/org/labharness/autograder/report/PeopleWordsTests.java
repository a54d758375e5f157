package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.HostileEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.sample.WayOfGoingWrong;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;

/** A student must not take for lost what people give. */
class PeopleWordsTests {
    private static final TerminalStyle PLAIN = new TerminalStyle(false, 80);

    private static FormItem item(String id, String block, String points, boolean personal, boolean bonus) {
        return new FormItem(
                id, block, "What is said of " + id, Points.parse(points), Points.parse("0.5"), personal, bonus);
    }

    private static Form form(FormItem... items) {
        return new Form(1, Form.Combine.AVERAGE, List.of(items));
    }

    static Outcome.Graded outcome() {
        return outcome(form(
                item("front-end", "Demonstration", "5.5", false, false),
                item("throughput", "Demonstration", "4", false, false),
                item("explains", "Viva", "8", true, false),
                item("more", "Extra", "2", false, true)));
    }

    private static Outcome.Graded outcome(Form form) {
        return SampleOutcomes.graded("student-07", WayOfGoingWrong.NONE.evidence(), SampleLab.withForm(form));
    }

    @Test
    void blocksAreNamedWithTheirPointsAndWhoseTheyAre() {
        assertThat(outcome().people())
                .isEqualTo("17.5 of the 167.5 points of this lab are given by people: Demonstration 9.5, Viva 8 (each"
                        + " of a team by themselves). They may give more on top: Extra 2.");
    }

    @Test
    void nothingIsSaidWhereChecksDecideAlone() {
        Outcome.Graded alone = outcome(Form.NONE);

        assertThat(alone.people()).isEmpty();
        assertThat(HtmlReport.submission(alone)).doesNotContain("people");
        assertThat(TerminalReport.write(alone, PLAIN)).doesNotContain("people");
        assertThat(MarkdownReport.write(alone)).doesNotContain("people");
    }

    @Test
    void onePointIsGiven() {
        assertThat(outcome(form(item("explains", "Viva", "1", false, false))).people())
                .isEqualTo("1 of the 151 points of this lab is given by people: Viva 1.");
    }

    @Test
    void whatIsAllOnTopIsNoPartOfTheLab() {
        assertThat(outcome(form(item("more", "", "2", false, true))).people())
                .isEqualTo("People may give more on top: What is said of more 2.");
    }

    @Test
    void reportsReadLikeThis() {
        String terminal = TerminalReport.write(outcome(), PLAIN);
        String markdown = MarkdownReport.write(outcome());
        String page = HtmlReport.submission(outcome());

        Golden.check(
                "report/people.txt",
                terminal.substring(terminal.indexOf("  150 of 150"), terminal.indexOf("Stages"))
                        + markdown.substring(0, markdown.indexOf("| |"))
                        + between(page, "<section class=\"score\">") + "\n"
                        + between(page, "<section><h2>Given by people") + "\n");
    }

    private static String between(String page, String begin) {
        int at = page.indexOf(begin);
        return page.substring(at, page.indexOf("</section>", at) + "</section>".length());
    }

    @Test
    void nothingOfAFormBecomesMarkupOrAnEscapeSequence() {
        FormItem hostile =
                new FormItem("x", HostileEvidence.ALL, HostileEvidence.ALL, Points.of(1), Points.of(1), false, false);

        assertThat(HtmlReport.submission(outcome(form(hostile)))).doesNotContain("<script", "<img");
        assertThat(TerminalReport.write(outcome(form(hostile)), PLAIN)).doesNotContainPattern("[\\p{Cc}&&[^\n]]");
        assertThat(MarkdownReport.write(outcome(form(hostile)))).doesNotContain("<script", "<img", "http://evil");
    }
}
