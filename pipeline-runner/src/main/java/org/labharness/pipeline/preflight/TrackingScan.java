package org.labharness.pipeline.preflight;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource.Assignment;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.preflight.TrackingUri.Use;
import org.labharness.pipeline.preflight.TreeView.PythonFile;

/** Finds addresses of MLflow that are written into code, configuration and commands. */
final class TrackingScan {
    private static final int MOST = 50;
    private static final int LONGEST_LINE = 2_000;
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https?://[A-Za-z0-9._\\[\\]:-]{1,200}(?:/[A-Za-z0-9._~/-]{0,200})?"
                    + "|file:[^\\s'\"]{1,200}|sqlite:///[^\\s'\"]{0,200})");
    private static final Pattern WORDS = Pattern.compile("tracking|registry_?uri|mlflow", Pattern.CASE_INSENSITIVE);
    /** Where a project, an image or a package comes from, not where runs go. */
    private static final Pattern FETCHED =
            Pattern.compile("\\bmlflow\\s+run\\b|\\bgit\\+https?:|\\bgit\\s+clone\\b|\\b(?:curl|wget)\\b");
    /** What no stage reads: services that are started by hand, and automation elsewhere. */
    private static final Pattern NOT_RUN =
            Pattern.compile("(?:docker-)?compose[^/]*\\.ya?ml|(?:.*/)?\\.github/.*|\\.gitlab-ci\\.yml"
                    + "|\\.env[._-]?(?:example|sample|template|dist)");

    private static final Set<String> SETTERS = Set.of(
            "mlflow.set_tracking_uri",
            "mlflow.set_registry_uri",
            "mlflow.tracking.set_tracking_uri",
            "mlflow.tracking.set_registry_uri");
    private static final Set<String> CLIENTS = Set.of(
            "mlflow.MlflowClient",
            "mlflow.tracking.MlflowClient",
            "mlflow.client.MlflowClient",
            "mlflow.tracking.client.MlflowClient");

    private static final String DAGSHUB = "dagshub.init";

    private final TreeView view;
    private final Map<String, TrackingUri> found = new LinkedHashMap<>();
    private final Set<Integer> bound;

    private TrackingScan(TreeView view) {
        this.view = view;
        this.bound = new HashSet<>(BoundPorts.of(view));
    }

    static List<TrackingUri> of(TreeView view) {
        if (!view.usesMlflow()) {
            return List.of();
        }
        TrackingScan scan = new TrackingScan(view);
        view.python().forEach(scan::code);
        scan.configuration();
        return List.copyOf(scan.found.values());
    }

    private void code(PythonFile file) {
        file.module().ifPresent(module -> {
            boolean uses = file.imports("mlflow");
            module.calls().forEach(call -> call(new Spot(file, module, use(call, module), false), call, uses));
            module.assignments()
                    .forEach(each -> assignment(
                            new Spot(
                                    file,
                                    module,
                                    each.conditional() ? Use.UNDER_CONDITION : Use.ALWAYS,
                                    !each.target().contains("[")),
                            each,
                            uses));
        });
    }

    /**
     * Where an address is come upon.
     *
     * @param named whether it is only given a name there; when it is used is then for the calls to say
     */
    private record Spot(PythonFile file, Module module, Use use, boolean named) {}

    /**
     * To set an address fails of nothing: only where the code sets another one besides, it has something to go on with. What asks the
     * service at once does fail.
     */
    private static Use use(Call call, Module module) {
        boolean another = module.calls().stream()
                .anyMatch(other -> SETTERS.contains(other.callee()) && other.line() != call.line());
        if (call.tried() && (another || call.callee().equals(DAGSHUB))) {
            return Use.TRIED;
        }
        return call.conditional() ? Use.UNDER_CONDITION : Use.ALWAYS;
    }

    private void call(Spot spot, Call call, boolean uses) {
        List<PythonValue> arguments = call.arguments();
        if (SETTERS.contains(call.callee()) || CLIENTS.contains(call.callee())) {
            arguments.forEach(argument -> value(spot, argument, true, true));
        } else if (call.callee().equals("os.environ.setdefault")
                || call.callee().equals("os.putenv")) {
            boolean own = arguments.size() > 1
                    && arguments.getFirst() instanceof PythonValue.Text name
                    && name.text().matches("MLFLOW_(?:TRACKING|REGISTRY)_URI");
            // setdefault leaves alone what the grader sets
            if (own && call.callee().equals("os.putenv")) {
                value(spot, arguments.get(1), true, true);
            }
        } else if (call.callee().equals(DAGSHUB)) {
            Place place = new Place(spot.file().path(), call.line());
            put(new TrackingUri("dagshub.init(...)", "dagshub.com", 443, place, spot.use(), false), false);
        } else if (!call.callee().equals("os.getenv") && !call.callee().equals("os.environ.get")) {
            arguments.forEach(argument -> value(spot, argument, false, uses));
        }
        call.keywords()
                .forEach((name, argument) ->
                        value(spot, argument, WORDS.matcher(name).find(), uses));
    }

    private void assignment(Spot spot, Assignment each, boolean uses) {
        value(spot, each.value(), WORDS.matcher(each.target()).find(), uses);
    }

    /** A bare address of this machine counts in code that uses MLflow; others only where names say so. */
    private void value(Spot spot, PythonValue value, boolean certain, boolean uses) {
        boolean literal = value instanceof PythonValue.Text;
        if (!certain && !(literal && uses)) {
            return;
        }
        Optional<PythonText> text = PythonText.of(value, spot.module());
        text.ifPresent(known -> {
            Place place = new Place(spot.file().path(), known.line());
            Matcher address = ADDRESS.matcher(known.text());
            if (address.lookingAt()) {
                add(address.group(), place, certain, spot);
            } else if (certain
                    && known.text().matches("\\.{0,2}/?[A-Za-z0-9_./-]{1,100}")
                    && !known.text().isBlank()
                    && value instanceof PythonValue.Text
                    && isPathOfRuns(known.text())) {
                put(new TrackingUri(known.text(), "", -1, place, spot.use(), false), spot.named());
            }
        });
    }

    /** {@code set_tracking_uri("mlruns")} names a folder. */
    private static boolean isPathOfRuns(String text) {
        return text.contains("mlruns");
    }

    private void configuration() {
        view.texts().forEach((path, text) -> {
            String name = TreeView.name(path).toLowerCase(Locale.ROOT);
            if (!NOT_RUN.matcher(path).matches()
                    && !NOT_RUN.matcher(name).matches()
                    && name.matches(
                            ".*\\.(?:ya?ml|json|toml|cfg|ini|env|sh|bash|conf|properties)|\\.env.*|mlproject|makefile")) {
                int number = 0;
                for (String line : (Iterable<String>) text.content().lines()::iterator) {
                    number++;
                    if (line.length() < LONGEST_LINE && !line.strip().startsWith("#")) {
                        line(line, new Place(path, number));
                    }
                }
            }
        });
    }

    private void line(String line, Place place) {
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
            add(
                    address.group(),
                    place,
                    WORDS.matcher(line.substring(0, address.start())).find()
                            && !FETCHED.matcher(line).find());
        }
    }

    private void add(String written, Place place, boolean certain) {
        add(written, place, certain, null);
    }

    /** Without words of tracking beside it only a bare address of this machine counts. */
    private void add(String written, Place place, boolean certain, @Nullable Spot spot) {
        Use use = spot == null ? Use.ALWAYS : spot.use();
        boolean named = spot != null && spot.named();
        if (!written.startsWith("http")) {
            if (certain) {
                put(new TrackingUri(written, "", -1, place, use, false), named);
            }
            return;
        }
        try {
            URI uri = new URI(written);
            if (uri.getHost() == null) {
                return;
            }
            int port = uri.getPort() > 0 ? uri.getPort() : written.startsWith("https") ? 443 : 80;
            String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
            TrackingUri tracking = new TrackingUri(written, host, port, place, use, bound.contains(port));
            boolean bare = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            if (certain || (tracking.isLoopback() && bare && uri.getPort() > 0)) {
                put(tracking, named);
            }
        } catch (URISyntaxException e) {
            // not an address then
        }
    }

    /** An address that is used without a condition anywhere is used without one. */
    private void put(TrackingUri uri, boolean named) {
        String key = uri.where() + " " + uri.uri();
        TrackingUri known = found.get(key);
        if (known == null ? found.size() < MOST : known.use() != Use.ALWAYS && uri.use() == Use.ALWAYS && !named) {
            found.put(key, uri);
        }
    }
}
