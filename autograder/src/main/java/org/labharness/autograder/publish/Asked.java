package org.labharness.autograder.publish;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.lab.Check;
import org.labharness.lab.FormItem;
import org.labharness.lab.Lab;

/** What a lab asks, with the points, as Markdown: first what its checks look at, then what people give points for. */
final class Asked {
    private Asked() {}

    static String of(Lab lab) {
        String checks = table(lab.checks().stream().map(Asked::row));
        String form = table(lab.form().items().stream().map(Asked::row));
        String head = "# " + line(lab.title()) + " (" + lab.points() + " points)\n\n";
        if (form.isEmpty()) {
            return head + checks;
        }
        return head
                + (checks.isEmpty() ? "People give all points.\n\n" : checks + "\n## People give points for\n\n")
                + form;
    }

    private static String table(Stream<String> rows) {
        String all = rows.collect(Collectors.joining());
        return all.isEmpty() ? "" : "| points | for |\n|---|---|\n" + all;
    }

    private static String row(Check check) {
        return "| " + (check.bonus() ? "up to " + check.points() + " on top" : check.points()) + " | "
                + cell(check.title()) + " |\n";
    }

    private static String row(FormItem item) {
        String block = item.block().isEmpty() ? "" : cell(item.block()) + ": ";
        String whose = item.personal() ? ", each of a team by themselves" : "";
        return "| " + (item.bonus() ? "up to " + item.points() + " on top" : item.points()) + " | " + block
                + cell(item.title()) + whose + " |\n";
    }

    private static String cell(String text) {
        return line(text).replace("|", "\\|");
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
