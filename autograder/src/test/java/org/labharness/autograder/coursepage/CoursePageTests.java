package org.labharness.autograder.coursepage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.export.CourseTable;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleGradebook;
import org.labharness.autograder.sample.SampleGradebook.Sample;
import org.labharness.autograder.sheet.SheetPage;
import org.labharness.autograder.table.CsvTable;

class CoursePageTests {
    private final Sample sample = SampleGradebook.everything();
    private final String page = SamplePages.course(sample);
    private final CsvTable csv =
            CsvTable.parse("grades.csv", CourseTable.of(sample.book()).csv(false));

    @Test
    void thePageOfACourseLooksLikeThis() {
        Golden.check("gradebook/course.html", page.replaceAll("(?s)<style>.*?</style>", "<style></style>"));
    }

    @Test
    void everyCellOfThePageIsTheOneOfTheCsv() {
        List<String> columns = matches("data-column=\"([^\"]*)\"", page);
        List<String> rows = matches("(?s)<tr style=\"[^\"]*\">(.*?)</tr>", page);

        assertThat(columns).hasSizeGreaterThan(14);
        assertThat(columns).allMatch(csv::has);
        assertThat(rows).hasSameSizeAs(csv.rows());
        for (int r = 0; r < rows.size(); r++) {
            List<String> cells = matches("(?s)<t[hd][^>]*>(.*?)</t[hd]>", rows.get(r));
            assertThat(cells).hasSameSizeAs(columns);
            for (int c = 0; c < columns.size(); c++) {
                String inCsv = csv.rows().get(r).get(columns.get(c)).orElse("").replaceFirst("^'", "");
                assertThat(text(cells.get(c)).replaceFirst("^–$", ""))
                        .as(columns.get(c))
                        .isEqualTo(inCsv);
            }
        }
    }

    @Test
    void everyNumberOfAStudentsPageIsTheOneOfTheCsv() {
        int compared = 0;
        for (int i = 0; i < csv.rows().size(); i++) {
            CourseGrade grade = sample.book().grades().get(i);
            String student = SheetPage.of(SamplePages.sheet(sample, grade));
            Map<String, String> shown = new HashMap<>();
            Pattern.compile("<data value=\"[^\"]*\" data-column=\"([^\"]*)\">(.*?)</data>")
                    .matcher(student)
                    .results()
                    .forEach(found -> shown.put(found.group(1), text(found.group(2))));
            assertThat(shown).containsKeys("total", "weight decided", "percent", "status");
            CsvTable.Row row = csv.rows().get(i);
            shown.forEach(
                    (column, value) -> assertThat(row.get(column)).as(column).hasValue(value));
            for (String column : csv.columns()) {
                String cell = row.get(column).orElse("");
                if ((column.startsWith("lab ") || column.startsWith("component ")) && cell.matches("[0-9.]+")) {
                    assertThat(shown)
                            .as("%s of %s", column, grade.student().id())
                            .containsEntry(column, cell);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(25);
    }

    @Test
    void pagesAskNothingOfAnyNetworkAndRunNoScript() {
        List<String> pages = new ArrayList<>(List.of(page));
        sample.book().grades().forEach(grade -> pages.add(SheetPage.of(SamplePages.sheet(sample, grade))));

        assertThat(pages)
                .allSatisfy(one -> assertThat(one)
                        .contains("default-src 'none'")
                        .doesNotContainPattern("(?i)<(script|link|img|iframe|object|embed|form|base)\\b")
                        .doesNotContainPattern("(?i)\\b(src|srcset|action|on[a-z]+)=")
                        .doesNotContainPattern("(?i)url\\(|@import|javascript:")
                        .doesNotContainPattern("[\\p{Cc}&&[^\n\t]]")
                        .doesNotContain("\u202E", "NaN", "Infinity"));
        assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "ליאור");
    }

    @Test
    void everyOrderHoldsEachPlaceOnce() {
        List<String> rows = matches("<tr style=\"([^\"]*)\">", page);
        Map<String, List<Integer>> orders = new HashMap<>();
        for (String row : rows) {
            Pattern.compile("--(\\w+):(\\d+);")
                    .matcher(row)
                    .results()
                    .forEach(place -> orders.computeIfAbsent(place.group(1), any -> new ArrayList<>())
                            .add(Integer.parseInt(place.group(2))));
        }

        assertThat(orders).hasSizeGreaterThan(14);
        assertThat(orders.values())
                .allSatisfy(places -> assertThat(places).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5));
        assertThat(orders.keySet())
                .allSatisfy(key -> assertThat(page)
                        .contains(
                                "id=\"" + key + "\"",
                                ".grades:has(#" + key + ":checked) tbody tr { order: var(--" + key + "); }"));
        int total = matches("id=\"(\\w+)\"[^>]*/>Total<", page).size();
        assertThat(total).isEqualTo(1);
        String key = matches("id=\"(\\w+)\"[^>]*/>Total<", page).getFirst();
        assertThat(orders.get(key)).as("93.55 stands before 92.72").containsSubsequence(1, 3, 4, 0, 2, 5);
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
