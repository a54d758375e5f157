package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** A checkout in a process of its own, with as little memory as the program has. Arguments of it: URL, folder. */
final class CheckoutProcess {
    private CheckoutProcess() {}

    /** What it says. */
    static String run(Path folder, String url, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), CheckoutProcess.class.getName(), url, folder.toString()));
        return java(folder.resolve("said"), command);
    }

    static String java(Path said, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java") + "", "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end; so far it said: " + Files.readString(said));
        }
        return Files.readString(said, StandardCharsets.UTF_8).strip();
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[1]);
        try {
            new Checkout(Map.of("HOME", folder.toString()), InstantSource.system())
                    .into(folder.resolve("clone"), new Source(arguments[0], null), CheckoutLimits.DEFAULT);
            System.out.println("checked out");
        } catch (SubmissionRefused | SystemBroke e) {
            System.out.println(e.getMessage());
        }
    }
}
