package org.labharness.pipeline.preflight;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.document.PythonValue.Constant;
import org.labharness.pipeline.document.PythonValue.Items;
import org.labharness.pipeline.document.PythonValue.Text;

/** Ports that the submission's own code or commands open. */
final class BoundPorts {
    private static final int LONGEST = 2_000;
    private static final int MLFLOW_PORT = 5000;
    private static final Pattern PORT =
            Pattern.compile("(?:--port[= ]|-p |--bind[= ]\\S{0,40}:|-b \\S{0,40}:)\\s{0,3}([0-9]{2,5})\\b");
    private static final Pattern SERVER = Pattern.compile("\\bmlflow (?:server|ui)\\b");

    private final Set<Integer> ports = new HashSet<>();

    private BoundPorts() {}

    static Set<Integer> of(TreeView view) {
        BoundPorts bound = new BoundPorts();
        view.stages().forEach(stage -> stage.commands().forEach(bound::command));
        view.python().stream()
                .flatMap(file -> file.module().stream())
                .flatMap(module -> module.calls().stream())
                .forEach(bound::call);
        return bound.ports;
    }

    private void command(String command) {
        if (command.length() > LONGEST) {
            return;
        }
        Matcher port = PORT.matcher(command);
        boolean named = false;
        while (port.find()) {
            named = true;
            ports.add(Integer.parseInt(port.group(1)));
        }
        if (!named && SERVER.matcher(command).find()) {
            ports.add(MLFLOW_PORT);
        }
    }

    /** {@code port=5000}, and commands in strings and lists. */
    private void call(Call call) {
        if (call.keywords().get("port") instanceof Constant port && port.text().matches("[0-9]{2,5}")) {
            ports.add(Integer.parseInt(port.text()));
        }
        for (PythonValue argument : call.arguments()) {
            String command = switch (argument) {
                case Text text -> text.text();
                case Items items -> words(items.items());
                default -> "";
            };
            if (SERVER.matcher(command).find()) {
                command(command);
            }
        }
    }

    private static String words(List<PythonValue> items) {
        return items.stream()
                .map(item -> switch (item) {
                    case Text text -> text.text();
                    case Constant constant -> constant.text();
                    default -> "?";
                })
                .collect(Collectors.joining(" "));
    }
}
