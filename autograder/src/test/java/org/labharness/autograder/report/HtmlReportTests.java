package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.HostileEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.sample.WayOfGoingWrong;

class HtmlReportTests {
    @TempDir
    Path folder;

    @Test
    void aSubmissionsPageLooksLikeThis() {
        String page = HtmlReport.submission(SampleOutcomes.graded(WayOfGoingWrong.HARD_CODED_URI_ANSWERED));

        Golden.check("report/graded.html", page.replaceAll("(?s)<style>.*?</style>", "<style></style>"));
    }

    @Test
    void aClassPageLinksToAPageForEachSubmission() throws IOException {
        List<Outcome> outcomes = everyWay();

        Path index = HtmlReport.write(folder, "A class", outcomes);

        String page = Files.readString(index);
        try (Stream<Path> pages = Files.list(folder)) {
            List<String> names = pages.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("index.html"))
                    .toList();
            assertThat(names)
                    .hasSameSizeAs(outcomes)
                    .allSatisfy(name -> assertThat(page).contains("href=\"" + name));
        }
    }

    @Test
    void pagesAskNothingOfAnyNetwork() {
        String page = HtmlReport.submission(SampleOutcomes.graded(WayOfGoingWrong.NONE));

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContainPattern("(?i)<(script|link|img|iframe|object|embed|form|base)\\b")
                .doesNotContainPattern("(?i)(src|srcset|action|data)=")
                .doesNotContainPattern("(?i)url\\(|@import");
    }

    @Test
    void nothingThatAStudentWroteBecomesMarkup() throws IOException {
        Path index = HtmlReport.write(folder, HostileEvidence.ALL, List.of(HostileEvidence.outcome()));

        try (Stream<Path> pages = Files.list(index.getParent())) {
            assertThat(pages.toList())
                    .hasSize(2)
                    .allSatisfy(path -> assertThat(Files.readString(path))
                            .contains("&lt;script&gt;")
                            .doesNotContain("<script")
                            .doesNotContain("<img")
                            .doesNotContainPattern("[\\p{Cc}&&[^\n\t]]")
                            .doesNotContain("\u202E")
                            .doesNotContain("NaN,", "Infinity"));
        }
    }

    static List<Outcome> everyWay() {
        List<Outcome> outcomes = new ArrayList<>();
        for (WayOfGoingWrong way : WayOfGoingWrong.values()) {
            outcomes.add(SampleOutcomes.graded(way.id(), way.evidence(), SampleLab.of(SampleLab.everyCheck(), true)));
        }
        outcomes.add(SampleOutcomes.refused());
        outcomes.add(SampleOutcomes.broken());
        return outcomes;
    }
}
