package org.labharness.pipeline.preflight;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.preflight.PythonTokens.Kind;
import org.labharness.pipeline.preflight.PythonTokens.Token;
import org.labharness.pipeline.preflight.TreeView.PythonFile;

/** Finds addresses of MLflow that are written into code, configuration and commands. */
final class TrackingScan {
    private static final int MOST = 50;
    private static final int LONGEST_LINE = 2_000;
    private static final int CONTEXT = 12;
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https?://[A-Za-z0-9._\\[\\]:-]{1,200}(?:/[A-Za-z0-9._~/-]{0,200})?"
                    + "|file:[^\\s'\"]{1,200}|sqlite:///[^\\s'\"]{0,200})");
    private static final Pattern WORDS = Pattern.compile("tracking|registry_?uri|mlflow", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT =
            Pattern.compile("(?:--port[= ]|-p |--bind[= ]\\S{0,40}:|-b \\S{0,40}:)\\s{0,3}([0-9]{2,5})\\b");
    private static final Pattern SERVER = Pattern.compile("\\bmlflow (?:server|ui)\\b");
    private static final int MLFLOW_PORT = 5000;

    private final TreeView view;
    private final Map<String, TrackingUri> found = new LinkedHashMap<>();
    private final Set<Integer> bound = new HashSet<>();

    private TrackingScan(TreeView view) {
        this.view = view;
    }

    static List<TrackingUri> of(TreeView view) {
        if (!view.usesMlflow()) {
            return List.of();
        }
        TrackingScan scan = new TrackingScan(view);
        view.stages().forEach(scan::ports);
        view.python().forEach(scan::ports);
        view.python().forEach(scan::code);
        scan.configuration();
        return List.copyOf(new ArrayList<>(scan.found.values()));
    }

    private void ports(Stage stage) {
        stage.commands().forEach(this::portsOfCommand);
    }

    private void portsOfCommand(String command) {
        if (command.length() > LONGEST_LINE) {
            return;
        }
        Matcher port = PORT.matcher(command);
        boolean named = false;
        while (port.find()) {
            named = true;
            bound.add(Integer.parseInt(port.group(1)));
        }
        if (!named && SERVER.matcher(command).find()) {
            bound.add(MLFLOW_PORT);
        }
    }

    /** {@code port=5000} in a call, and commands in strings. */
    private void ports(PythonFile file) {
        List<Token> tokens = file.tokens();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean assigned = token.kind() == Kind.NAME
                    && token.text().equalsIgnoreCase("port")
                    && tokens.get(i + 1).text().equals("=")
                    && tokens.get(i + 2).text().matches("[0-9]{2,5}");
            if (assigned) {
                bound.add(Integer.parseInt(tokens.get(i + 2).text()));
            } else if (token.kind() == Kind.STRING
                    && SERVER.matcher(token.text()).find()) {
                portsOfCommand(token.text());
            }
        }
    }

    private void code(PythonFile file) {
        List<Token> tokens = file.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.STRING && token.text().length() < LONGEST_LINE) {
                Matcher address = ADDRESS.matcher(token.text());
                if (address.lookingAt()) {
                    add(address.group(), new Place(file.path(), token.line()), isTracking(tokens, i));
                }
            }
        }
        dagshub(file);
    }

    /** Whether names shortly before, in the same statement, speak of tracking. */
    private static boolean isTracking(List<Token> tokens, int at) {
        for (int i = at - 1; i >= Math.max(0, at - CONTEXT); i--) {
            Token token = tokens.get(i);
            if (token.line() != tokens.get(i + 1).line() && !"([{,=".contains(token.text())) {
                return false;
            }
            if (token.kind() != Kind.SIGN && WORDS.matcher(token.text()).find()) {
                return true;
            }
        }
        return false;
    }

    private void dagshub(PythonFile file) {
        List<Token> tokens = file.tokens();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).text().equals("dagshub")
                    && tokens.get(i + 2).text().equals("init")) {
                put(new TrackingUri(
                        "dagshub.init(...)",
                        "dagshub.com",
                        443,
                        new Place(file.path(), tokens.get(i).line()),
                        false));
            }
        }
    }

    private void configuration() {
        view.texts().forEach((path, text) -> {
            String name = TreeView.name(path).toLowerCase(Locale.ROOT);
            if (name.matches(
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
                    WORDS.matcher(line.substring(0, address.start())).find());
        }
    }

    /** Without words of tracking beside it only a bare address of this machine counts. */
    private void add(String written, Place place, boolean certain) {
        if (!written.startsWith("http")) {
            if (certain) {
                put(new TrackingUri(written, "", -1, place, false));
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
            TrackingUri tracking = new TrackingUri(written, host, port, place, bound.contains(port));
            boolean bare = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            if (certain || (tracking.isLoopback() && bare && uri.getPort() > 0)) {
                put(tracking);
            }
        } catch (URISyntaxException e) {
            // not an address then
        }
    }

    private void put(TrackingUri uri) {
        if (found.size() < MOST) {
            found.putIfAbsent(uri.where() + " " + uri.uri(), uri);
        }
    }
}
