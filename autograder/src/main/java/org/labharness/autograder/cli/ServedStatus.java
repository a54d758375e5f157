package org.labharness.autograder.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.client.GradingState;
import org.labharness.autograder.client.LabClient;
import org.labharness.autograder.client.ServerSaid;
import org.labharness.autograder.client.VerdictFacts;

/** What {@code ./lab status} shows of a server. */
final class ServedStatus {
    private ServedStatus() {}

    /**
     * @param number of a submission; null: the newest
     * @param lab null: of all labs
     */
    static int show(
            ServerOption server, Settings settings, Console console, @Nullable Long number, @Nullable String lab) {
        try (LabClient client = server.client(settings, console)) {
            List<GradingState> found = number == null ? client.gradings(lab) : client.ofSubmission(number);
            if (found.isEmpty() && number != null) {
                throw new WrongUse("The server has no submission " + number
                        + " for this token. ./lab status --server URL without a number lists the newest.");
            }
            found.forEach(one -> console.out()
                    .println("  " + one.submission() + "  " + one.owner().replaceFirst("^(student|team):", "") + "  "
                            + one.lab() + "  " + one.words()));
            if (found.isEmpty()) {
                console.out().println("Nothing was handed in yet" + (lab == null ? "." : " for " + lab + "."));
            }
            if (number != null && found.getFirst().state().equals("done")) {
                VerdictFacts.of(client.verdict(found.getFirst().id(), "application/json"))
                        .lines()
                        .forEach(line -> console.out().println("  " + line));
            }
            return ExitCode.DONE.code();
        } catch (ServerSaid said) {
            return ServerOption.said(console, said);
        } finally {
            console.out().flush();
        }
    }
}
