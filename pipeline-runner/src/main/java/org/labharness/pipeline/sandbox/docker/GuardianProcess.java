package org.labharness.pipeline.sandbox.docker;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The harness's end of its guardian. */
final class GuardianProcess implements AutoCloseable {
    private final Process process;

    private GuardianProcess(Process process) {
        this.process = process;
    }

    static GuardianProcess start(Leftovers leftovers, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-cp",
                ownCode(),
                Guardian.class.getName(),
                leftovers.instance(),
                leftovers.state().toString(),
                leftovers.root().toString(),
                leftovers.engine().path().toString());
        builder.directory(new File("/"));
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_") || name.startsWith("JDK_"));
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.appendTo(log.toFile()));
        return new GuardianProcess(builder.start());
    }

    private static String ownCode() {
        try {
            return Path.of(Guardian.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of the harness's own code is no file", e);
        }
    }

    /** Lets it go without cleaning up, and waits until it is gone. */
    @Override
    public void close() {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write(Guardian.BYE.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It is gone already: nothing to let go.
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
