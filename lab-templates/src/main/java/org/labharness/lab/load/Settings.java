package org.labharness.lab.load;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Limits;
import org.labharness.lab.Memory;
import org.labharness.lab.Prices;
import org.labharness.lab.PythonVersion;
import org.labharness.lab.RunSpec;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what a lab says apart from its checks. */
final class Settings {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smh])");
    private static final Pattern MEMORY = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,3})?([KMGT]i?B|B)");

    private static final String RUN_FORMS =
            "dvc, detect, mlproject, or one of {dvc: ...}, {mlproject: ...}, {commands: [...]}";

    private Settings() {}

    static LocalDate day(Value value) {
        return value.parsed(
                text -> {
                    try {
                        return LocalDate.parse(text);
                    } catch (DateTimeParseException e) {
                        throw new IllegalArgumentException(
                                "'" + text + "' is no day: expected one such as 2026-09-01", e);
                    }
                },
                LocalDate.EPOCH);
    }

    static EnvironmentSpec environment(Value value) {
        YamlMap map = YamlMap.of(value, List.of("python", "packages", "allow", "preload"));
        @Nullable
        PythonVersion python = map.get("python")
                .map(version -> version.parsed(PythonVersion::parse, PythonVersion.PY311))
                .orElse(null);
        List<String> packages = map.get("packages")
                .map(list -> list.list().stream().map(Value::text).toList())
                .orElse(List.of());
        Set<EnvironmentSpec.Allowed> allowed = EnumSet.noneOf(EnvironmentSpec.Allowed.class);
        map.get("allow")
                .ifPresent(list -> list.list().forEach(item -> allowed(item).ifPresent(allowed::add)));
        return new EnvironmentSpec(
                python,
                packages,
                allowed,
                map.get("preload").map(Settings::preload).orElse(EnvironmentSpec.Preload.NOTHING));
    }

    private static Optional<EnvironmentSpec.Allowed> allowed(Value value) {
        List<EnvironmentSpec.Allowed> all = List.of(EnvironmentSpec.Allowed.values());
        return value.word(all.stream().map(EnvironmentSpec.Allowed::word).toList())
                .flatMap(word ->
                        all.stream().filter(one -> one.word().equals(word)).findFirst());
    }

    private static EnvironmentSpec.Preload preload(Value value) {
        YamlMap map = YamlMap.of(value, List.of("wheels", "torch", "huggingface"));
        return new EnvironmentSpec.Preload(
                map.get("wheels").map(Value::safePath).orElse(null),
                map.get("torch").map(Value::safePath).orElse(null),
                map.get("huggingface").map(Value::safePath).orElse(null));
    }

    static Limits limits(Value value) {
        YamlMap map = YamlMap.of(value, List.of("time", "memory", "disk", "processes", "cpus", "output"));
        Limits usual = Limits.DEFAULT;
        return new Limits(
                map.get("time").map(Settings::duration).orElse(usual.time()),
                map.get("memory").map(size -> memory(size, "16MiB", "1TiB")).orElse(usual.memory()),
                map.get("disk").map(size -> memory(size, "16MiB", "1TiB")).orElse(usual.disk()),
                map.get("processes").map(number -> number.whole(8, 4096)).orElse(usual.processes()),
                map.get("cpus")
                        .map(number -> number.decimal("0.1", "64").doubleValue())
                        .orElse(usual.cpus()),
                map.get("output").map(size -> memory(size, "1KiB", "1GiB")).orElse(usual.output()));
    }

    static Duration duration(Value value) {
        Duration time = value.parsed(Settings::duration, Duration.ofMinutes(1));
        if (time.compareTo(Duration.ofDays(1)) > 0) {
            value.wrong("range", "at most 24h");
        }
        return time;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration: expected one such as 90s, 10m or 1h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static Memory memory(Value value, String least, String most) {
        Memory amount = value.parsed(Settings::memory, Memory.parse(least));
        if (amount.compareTo(Memory.parse(least)) < 0 || amount.compareTo(Memory.parse(most)) > 0) {
            value.wrong("range", "between " + least + " and " + most);
        }
        return amount;
    }

    private static Memory memory(String text) {
        if (!MEMORY.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size: expected one such as 512MiB or 2GiB");
        }
        return Memory.parse(text);
    }

    static Prices prices(Value value) {
        YamlMap map = YamlMap.of(value, List.of("reported", "unreachable", "repaired"));
        return new Prices(
                map.get("reported").map(share -> share.decimal("0", "0.99")).orElse(Prices.DEFAULT.reported()),
                map.get("unreachable").map(share -> share.decimal("0", "1")).orElse(Prices.DEFAULT.unreachable()),
                map.get("repaired").map(share -> share.decimal("0", "1")).orElse(Prices.DEFAULT.repaired()));
    }

    static RunSpec run(Value value) {
        if (value.node() instanceof ScalarNode) {
            return switch (value.word(List.of("dvc", "detect", "mlproject")).orElse("detect")) {
                case "dvc" -> new RunSpec.Dvc(List.of());
                case "mlproject" -> new RunSpec.MlProject("main", Map.of());
                default -> new RunSpec.Detect();
            };
        }
        YamlMap map = YamlMap.open(value, RUN_FORMS);
        map.refuseOthers(List.of("dvc", "mlproject", "commands"));
        if (value.node() instanceof MappingNode && map.keys().size() != 1) {
            value.wrong(RUN_FORMS);
        }
        return map.get("dvc")
                .<RunSpec>map(Settings::dvc)
                .or(() -> map.get("mlproject").map(Settings::project))
                .or(() -> map.get("commands").map(list -> new RunSpec.Commands(texts(list))))
                .orElseGet(RunSpec.Detect::new);
    }

    private static RunSpec dvc(Value value) {
        YamlMap map = YamlMap.of(value, List.of("targets"));
        return new RunSpec.Dvc(
                map.need("targets", "a list of stages").map(Settings::texts).orElse(List.of()));
    }

    private static RunSpec project(Value value) {
        YamlMap map = YamlMap.of(value, List.of("entry", "parameters"));
        return new RunSpec.MlProject(
                map.get("entry").map(Value::text).orElse("main"),
                map.get("parameters").map(Settings::parameters).orElse(Map.of()));
    }

    static Map<String, String> parameters(Value value) {
        YamlMap map = YamlMap.open(value, "parameters with their values, such as {alpha: 0.4}");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String key : map.keys()) {
            map.get(key).ifPresent(parameter -> parameters.put(key, plain(parameter)));
        }
        return parameters;
    }

    private static String plain(Value value) {
        if (!(value.node() instanceof ScalarNode) || value.isNull()) {
            value.wrong("a number or text");
        }
        return value.scalar();
    }

    private static List<String> texts(Value value) {
        return value.list().stream().map(Value::text).toList();
    }
}
