package org.labharness.autograder.serve;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.api.ApiLimits;
import org.labharness.autograder.dvcremote.DvcLimits;
import org.labharness.autograder.gitserver.PushLimits;
import org.labharness.lab.Memory;
import org.labharness.lab.load.NearestWord;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Settings of our own, which begin with {@code lab.}; those of Spring Boot stand beside them.
 *
 * @param url by which people reach the server; null: that at which it listens
 * @param database where courses keep their facts; null: as for every command
 */
record ServerSettings(@Nullable URI url, @Nullable String database, PushLimits push, DvcLimits data, ApiLimits api) {
    private static final Set<String> KEYS = Set.of(
            "lab.url",
            "lab.database",
            "lab.push.pack",
            "lab.push.object",
            "lab.push.unpacked",
            "lab.push.objects",
            "lab.push.refs",
            "lab.push.repository",
            "lab.push.time",
            "lab.push.per-hour",
            "lab.push.at-once",
            "lab.push.patience",
            "lab.push.answer",
            "lab.data.file",
            "lab.data.total",
            "lab.data.files",
            "lab.data.time",
            "lab.api.per-minute",
            "lab.api.listeners",
            "lab.api.listeners-of-token");

    /** @throws InvalidSettings where one is unknown, or not what it should be */
    static ServerSettings of(ConfigurableEnvironment environment) {
        requireKnown(environment);
        Reader reader = new Reader(environment);
        PushLimits usual = PushLimits.DEFAULT;
        PushLimits push = new PushLimits(
                reader.memory("lab.push.pack", usual.pack()),
                reader.memory("lab.push.object", usual.object()),
                reader.memory("lab.push.unpacked", usual.unpacked()),
                reader.number("lab.push.objects", usual.objects()),
                reader.number("lab.push.refs", usual.refs()),
                reader.memory("lab.push.repository", usual.repository()),
                reader.time("lab.push.time", usual.time()),
                reader.number("lab.push.per-hour", usual.perHour()),
                reader.number("lab.push.at-once", usual.atOnce()),
                reader.time("lab.push.patience", usual.patience()),
                reader.time("lab.push.answer", usual.answer()));
        return new ServerSettings(
                url(reader), environment.getProperty("lab.database"), push, data(reader), api(reader));
    }

    private static ApiLimits api(Reader reader) {
        ApiLimits usual = ApiLimits.DEFAULT;
        return new ApiLimits(
                reader.number("lab.api.per-minute", usual.perMinute()),
                reader.number("lab.api.listeners", usual.listeners()),
                reader.number("lab.api.listeners-of-token", usual.ofToken()),
                usual.stream());
    }

    private static DvcLimits data(Reader reader) {
        DvcLimits usual = DvcLimits.DEFAULT;
        return new DvcLimits(
                reader.memory("lab.data.file", usual.file()),
                reader.memory("lab.data.total", usual.total()),
                reader.number("lab.data.files", usual.files()),
                reader.time("lab.data.time", usual.time()));
    }

    private static @Nullable URI url(Reader reader) {
        return reader.read("lab.url", null, "an address such as https://lab.example.org", text -> {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
                throw new IllegalArgumentException("no address of the web");
            }
            return url;
        });
    }

    private static void requireKnown(ConfigurableEnvironment environment) {
        Set<String> unknown = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> all
                    && !source.getName().startsWith("system")) {
                for (String name : all.getPropertyNames()) {
                    if (name.startsWith("lab.") && !KEYS.contains(name)) {
                        unknown.add(name);
                    }
                }
            }
        }
        if (!unknown.isEmpty()) {
            String first = unknown.iterator().next();
            throw new InvalidSettings("There is no setting '" + first + "'."
                    + NearestWord.to(first, KEYS)
                            .map(near -> " Did you mean '" + near + "'?")
                            .orElse(""));
        }
    }

    private record Reader(ConfigurableEnvironment environment) {
        Memory memory(String key, Memory usual) {
            return orUsual(read(key, usual, "an amount such as 200MiB", Memory::parse), usual);
        }

        int number(String key, int usual) {
            return orUsual(
                    read(key, usual, "a number from 1", text -> {
                        int number = Integer.parseInt(text);
                        if (number < 1) {
                            throw new IllegalArgumentException("too small");
                        }
                        return number;
                    }),
                    usual);
        }

        Duration time(String key, Duration usual) {
            return orUsual(read(key, usual, "a time such as 45s", DurationStyle::detectAndParse), usual);
        }

        private static <T> T orUsual(@Nullable T value, T usual) {
            return value == null ? usual : value;
        }

        <T> @Nullable T read(String key, @Nullable T usual, String expected, Function<String, T> parse) {
            String text = environment.getProperty(key);
            if (text == null || text.isBlank()) {
                return usual;
            }
            try {
                return parse.apply(text.strip());
            } catch (IllegalArgumentException wrong) {
                throw new InvalidSettings(
                        "The setting " + key + " is '" + text.strip() + "'; expected " + expected + ".");
            }
        }
    }
}
