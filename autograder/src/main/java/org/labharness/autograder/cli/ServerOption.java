package org.labharness.autograder.cli;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.client.LabClient;
import org.labharness.autograder.client.ServerSaid;
import org.labharness.autograder.token.TokenText;
import picocli.CommandLine.Option;

/** {@code --server}: a server of the harness that a command speaks to. */
final class ServerOption {
    private static final String TOKEN = "LAB_TOKEN";
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([smh])");

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "The server, such as https://lab.example.org. The token is taken from the variable LAB_TOKEN.")
    private @Nullable String server;

    boolean named() {
        return server != null;
    }

    /** As it was given, without a slash at its end. */
    URI address() {
        String typed = server == null ? "" : server.strip().replaceFirst("/+$", "");
        try {
            URI address = URI.create(typed);
            if (address.getHost() != null
                    && List.of("http", "https").contains(address.getScheme())
                    && address.getUserInfo() == null
                    && address.getQuery() == null) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // said below
        }
        throw new WrongUse(
                typed.isEmpty()
                        ? "Which server? Add --server URL, such as --server https://lab.example.org."
                        : "--server takes the address of a server, such as https://lab.example.org, without a login.");
    }

    LabClient client(Settings settings, Console console) {
        URI address = address();
        String token = settings.variables().getOrDefault(TOKEN, "").strip();
        if (token.isEmpty()) {
            throw new WrongUse(
                    "The variable " + TOKEN + " is not set. Put the token there that staff have given you; it is"
                            + " no argument, for others of the machine see those.");
        }
        if (TokenText.parse(token).isEmpty()) {
            throw new WrongUse(
                    "The variable " + TOKEN + " holds no token: one looks like lab_12345678_..., 65 characters.");
        }
        if (address.getScheme().equals("http") && !THIS_MACHINE.contains(address.getHost())) {
            console.err().println("note: " + address + " is without TLS, so the token can be read on the way.");
        }
        return new LabClient(
                address, token, InstantSource.system(), line -> console.err().println(line));
    }

    /** What a server says against it, and the exit code that follows from it. */
    static int said(Console console, ServerSaid said) {
        console.out().flush();
        if (said.broke() && !said.refused()) {
            console.err()
                    .println("The server does not answer as it should (" + said.code() + "): " + said.getMessage());
            return ExitCode.SYSTEM_BROKE.code();
        }
        console.err().println((said.refused() ? "Refused (" : "Not done (") + said.code() + "): " + said.getMessage());
        return (said.refused() ? ExitCode.SUBMISSION_REFUSED : ExitCode.USAGE).code();
    }

    /** {@code 90s}, {@code 30m} or {@code 2h}. */
    static Duration span(String option, String typed) {
        Matcher span = SPAN.matcher(typed);
        if (!span.matches()) {
            throw new WrongUse(option + " takes a time such as 90s, 30m or 2h, not '" + typed + "'.");
        }
        long amount = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
