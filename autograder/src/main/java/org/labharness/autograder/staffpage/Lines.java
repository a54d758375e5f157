package org.labharness.autograder.staffpage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.page.Html;

/** Tables of the page. On a narrow screen a line becomes a card whose cells name their columns. */
final class Lines {
    private Lines() {}

    /** @param none what is said where there are no rows */
    static Html table(List<String> columns, List<List<Html>> rows, String none) {
        if (rows.isEmpty()) {
            return tag("p", css("meta"), none);
        }
        List<Html> lines = new ArrayList<>();
        for (List<Html> row : rows) {
            List<Html> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(tag("td", with("data-column", columns.get(i)), tag("span", row.get(i))));
            }
            lines.add(tag("tr", cells.toArray()));
        }
        return tag(
                "div",
                css("wide"),
                tag(
                        "table",
                        css("queue"),
                        tag(
                                "thead",
                                tag(
                                        "tr",
                                        columns.stream()
                                                .map(name -> tag("th", with("scope", "col"), name))
                                                .toArray())),
                        tag("tbody", lines.toArray())));
    }
}
