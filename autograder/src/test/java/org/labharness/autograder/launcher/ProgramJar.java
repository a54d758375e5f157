package org.labharness.autograder.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A small program in the place of the real one: it says what it was started with. */
final class ProgramJar {
    private static final String SOURCE = """
            package org.labharness.autograder.cli;

            public final class Main {
                public static void main(String[] arguments) {
                    System.out.println("arguments " + java.util.List.of(arguments));
                    System.out.println("state " + System.getenv("LAB_HOME"));
                    System.out.println("root " + System.getenv("LAB_ROOT"));
                    System.out.println("locale " + System.getenv("LC_ALL"));
                    System.out.println("accents \\u00e9t\\u00e9");
                }
            }
            """;

    private ProgramJar() {}

    static Path make(Path folder) throws IOException {
        Path source = folder.resolve("Main.java");
        Files.writeString(source, SOURCE);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-d", folder.toString(), source.toString());
        if (failed != 0) {
            throw new IllegalStateException("the program of the test does not compile");
        }
        String name = "org/labharness/autograder/cli/Main.class";
        Path jar = folder.resolve("program.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(name));
            Files.copy(folder.resolve(name), out);
        }
        return jar;
    }
}
