package org.labharness.autograder.serve;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.pipeline.SystemBroke;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.io.FileSystemResource;

/** Why the server does not start, in the words of whoever has set it up. */
final class StartProblems {
    private static final int LONGEST = 400;
    private static final int DEEPEST = 50;

    private StartProblems() {}

    /**
     * Reads the file of settings once before anybody else does, who would say more than one sentence about it.
     *
     * @throws InvalidSettings where it is no YAML
     */
    static void requireReadable(@Nullable Path config) {
        if (config == null || !config.toString().matches(".*\\.ya?ml")) {
            return;
        }
        try {
            new YamlPropertySourceLoader().load("settings", new FileSystemResource(config));
        } catch (RuntimeException | IOException problem) {
            // The edge to a library that says of a file that it cannot be read in many ways, each of them with its
            // line.
            throw new InvalidSettings(config + " cannot be read as YAML: "
                    + PlainText.line(String.valueOf(problem.getMessage()), LONGEST));
        }
    }

    /** The problem itself, or what it means for the settings. */
    static RuntimeException named(RuntimeException problem, ServerOptions options) {
        List<Throwable> chain = Stream.iterate((Throwable) problem, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .toList();
        Optional<RuntimeException> own = first(chain, SystemBroke.class)
                .map(RuntimeException.class::cast)
                .or(() -> first(chain, InvalidSettings.class));
        if (own.isPresent()) {
            return own.get();
        }
        return settings(chain, options)
                .<RuntimeException>map(InvalidSettings::new)
                .orElse(problem);
    }

    private static Optional<String> settings(List<Throwable> chain, ServerOptions options) {
        Optional<Throwable> taken = first(chain, BindException.class)
                .map(Throwable.class::cast)
                .or(() -> first(chain, PortInUseException.class));
        if (taken.isPresent()) {
            return Optional.of(listening(options) + ", port "
                    + (options.port() == null ? "of the settings (8080 where they name none)" : options.port()) + ": "
                    + taken.get().getMessage() + ". Is another server running? Name another: --bind, --port.");
        }
        if (first(chain, UnknownHostException.class).isPresent()) {
            return Optional.of(
                    listening(options) + ": this machine knows no such name. Name an address of its own, such as"
                            + " 127.0.0.1 or 0.0.0.0: --bind.");
        }
        return first(chain, org.springframework.boot.context.properties.bind.BindException.class)
                .map(setting -> {
                    ConfigurationProperty property = setting.getProperty();
                    return "The setting " + setting.getName() + " is '"
                            + (property == null ? "" : PlainText.line(String.valueOf(property.getValue()), LONGEST))
                            + "', which it cannot be.";
                })
                .or(() -> first(chain, ApplicationContextException.class)
                        .map(any -> "The web server does not start with these settings (server.*): "
                                + PlainText.line(String.valueOf(chain.getLast().getMessage()), LONGEST) + "."));
    }

    private static String listening(ServerOptions options) {
        return "Cannot listen at "
                + (options.bind() == null ? "the address of the settings (server.address)" : options.bind());
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> chain, Class<T> kind) {
        return chain.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
