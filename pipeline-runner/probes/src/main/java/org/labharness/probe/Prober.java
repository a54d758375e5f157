package org.labharness.probe;

import java.io.IOException;
import java.nio.file.Path;
import org.labharness.probe.exchange.ScriptFile;
import org.labharness.probe.exchange.SeenFile;
import org.labharness.probe.http.Probing;

/** Asks a service what a script says: {@code SCRIPT SEEN}. Prints a line at each {@link Probing.Mark}, and nothing else. */
public final class Prober {
    private Prober() {}

    /** Ends the process with 0 when all of the script was done. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (SeenFile seen = new SeenFile(Path.of(arguments[1]))) {
            new Probing(seen, System.out::println).follow(ScriptFile.read(Path.of(arguments[0])));
        }
        // Threads of clients and servers are not waited for.
        Runtime.getRuntime().halt(0);
    }
}
