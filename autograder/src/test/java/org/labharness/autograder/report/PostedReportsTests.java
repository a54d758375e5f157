package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.HostileEvidence;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.sample.WayOfGoingWrong;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The formats for continuous integration and for posting back. */
class PostedReportsTests {
    @Test
    void junitHasATestCaseForEachCheck() throws Exception {
        Outcome.Graded outcome = SampleOutcomes.graded(WayOfGoingWrong.STALE_LOCK);
        String xml = JUnitReport.write(outcome);

        Element suite = parse(xml).getDocumentElement();
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(outcome.scorecard().verdicts().size());
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Golden.check("report/graded.xml", xml);
        Golden.check("report/refused.xml", JUnitReport.write(SampleOutcomes.refused()));
        Golden.check("report/broken.xml", JUnitReport.write(SampleOutcomes.broken()));
    }

    @Test
    void junitStaysWellFormedWhateverAStudentWrites() throws Exception {
        Document document = parse(JUnitReport.write(HostileEvidence.outcome()));

        assertThat(document.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void markdownReadsLikeThis() {
        Golden.check(
                "report/graded.md",
                MarkdownReport.write(SampleOutcomes.graded(WayOfGoingWrong.STAGE_EXITS_NON_ZERO))
                        + MarkdownReport.write(SampleOutcomes.refused())
                        + MarkdownReport.write(SampleOutcomes.broken()));
    }

    @Test
    void markdownOfAStudentIsTextOnly() {
        String text = MarkdownReport.write(HostileEvidence.outcome());

        assertThat(text)
                .doesNotContain("<script", "<img", "](http", "http://evil", "@everyone", "![x]")
                .doesNotContainPattern("[\\p{Cc}&&[^\n]]");
        assertThat(text.lines().filter(line -> line.startsWith("| ")))
                .allMatch(line ->
                        line.replace("\\|", "").chars().filter(c -> c == '|').count() == 5);
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
