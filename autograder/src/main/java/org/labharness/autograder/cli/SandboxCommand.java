package org.labharness.autograder.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.labharness.pipeline.PipelineRunner;
import picocli.CommandLine.Command;

/** {@code ./lab sandbox}: what {@code ./lab doctor} shows of the engine. */
@Command(
        name = "sandbox",
        hidden = true,
        description = "Says what the engine is and which limits of the sandbox it cannot enforce, a line each.",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
    private final Console console;

    SandboxCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> lines = PipelineRunner.describeSandbox(Settings.home(), System.getenv());
        lines.forEach(console.out()::println);
        return ExitCode.DONE.code();
    }
}
