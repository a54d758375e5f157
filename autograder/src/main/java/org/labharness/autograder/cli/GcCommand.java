package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kept;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.archive.Removal;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ReferenceStore;
import org.labharness.autograder.store.ReferenceStore.References;
import org.labharness.lab.Memory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab gc}. */
@Command(
        name = "gc",
        description =
                "Removes evidence and Git bundles that no current grade stands on and that are older than --keep says. What a"
                        + " grade stands on, what waits to be run, and what can be evaluated again always stays.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab gc --preview",
            "  ./lab gc --keep 180d",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 the system broke."
        })
final class GcCommand implements Callable<Integer> {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([hd])");

    private final Console console;
    private final Settings settings;

    @Mixin
    private DatabaseOption where = new DatabaseOption();

    @Option(
            names = "--keep",
            paramLabel = "SPAN",
            defaultValue = "90d",
            description = "What is younger stays, such as 12h or 30d. Default: ${DEFAULT-VALUE}.")
    private String keep = "90d";

    @Option(names = "--preview", description = "Says what would go, and removes nothing.")
    private boolean preview;

    GcCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Duration span = span();
        Archive archive = settings.archive();
        List<Kept> all = archive.list(); // before the facts: what is kept from now on is not looked at
        try (Database database = where.openWithStore(settings, console)) {
            References references = new ReferenceStore(database).read();
            requireOwn(archive, all, references);
            Instant now = InstantSource.system().instant();
            Removal removal = Removal.of(all, references.needed(), now.minus(span));
            tell(archive, removal);
            if (!preview) {
                removal.apply(archive, now);
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private Duration span() {
        Matcher matcher = SPAN.matcher(keep);
        if (!matcher.matches()) {
            throw new WrongUse("--keep takes a span such as 12h or 90d, not '" + keep + "'.");
        }
        long amount = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount);
    }

    /** With another database than the one whose files lie here, everything would look unneeded. */
    private void requireOwn(Archive archive, List<Kept> all, References references) {
        boolean stranger = !all.isEmpty()
                && all.stream().noneMatch(kept -> references.named().contains(kept.digest()));
        if (stranger && !preview) {
            throw new WrongUse(
                    "No fact of the database " + where.address(settings).shown() + " names any of the "
                            + all.size() + " files in " + archive.folder()
                            + ", so they are those of another database. Name that one with --database, or remove the folder by hand.");
        }
    }

    private void tell(Archive archive, Removal removal) {
        console.out().println(archive.folder() + ":");
        line("needed by current facts", removal.needed());
        line("not needed, younger than " + keep, removal.young());
        line(preview ? "would be removed" : "removed", removal.old());
    }

    private void line(String what, List<Kept> files) {
        List<String> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Kept> some = files.stream().filter(kept -> kept.kind() == kind).toList();
            if (!some.isEmpty()) {
                parts.add(kind.counted(some.size()) + ", " + new Memory(Removal.bytes(some)));
            }
        }
        console.out().printf("  %-30s %s%n", what, parts.isEmpty() ? "nothing" : String.join("; ", parts));
    }
}
