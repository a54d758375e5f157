package org.labharness.autograder.report;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import org.labharness.autograder.page.Html;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;

/** What people give points for, on a submission's page. */
final class FormSection {
    private FormSection() {}

    static Html of(Form form) {
        if (form.isEmpty()) {
            return Html.EMPTY;
        }
        return tag(
                "section",
                tag("h2", "Given by people"),
                tag("p", "No program looks at these, and what was given for them does not stand here."),
                tag(
                        "div",
                        css("wide fit"),
                        tag(
                                "table",
                                tag("thead", tag("tr", tag("th", "Part"), tag("th", "For"), tag("th", "Points"))),
                                tag(
                                        "tbody",
                                        form.items().stream()
                                                .map(FormSection::row)
                                                .toArray()))));
    }

    private static Html row(FormItem item) {
        return tag(
                "tr",
                tag("th", with("scope", "row"), item.block()),
                tag("td", item.title() + (item.personal() ? ", each of a team by themselves" : "")),
                tag("td", PeopleWords.worth(item)));
    }
}
