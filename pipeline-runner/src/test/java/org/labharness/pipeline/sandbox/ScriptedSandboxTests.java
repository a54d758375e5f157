package org.labharness.pipeline.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

class ScriptedSandboxTests extends SandboxContract {
    @Override
    protected Sandbox create(Path folder) {
        return new ScriptedSandbox(folder.resolve("root"), ScriptedSandboxTests::play);
    }

    @Override
    protected String image() {
        return "none";
    }

    private static ScriptedAnswer play(ScriptedSandbox.Call call) {
        return switch (call.command().argv().getLast()) {
            case ECHO -> ScriptedAnswer.exit(3).printing("hello\nproblem\n");
            case ENDLESS -> ScriptedAnswer.endless();
            case FLOOD -> ScriptedAnswer.endless().printing("y\n".repeat(100_000));
            case ASKS ->
                ScriptedAnswer.exit(0)
                        .printing(call.command().environment().get("GREETING") + " from "
                                + call.command().workingDirectory() + "\n");
            case WRITE -> write(Objects.requireNonNull(call.layout()).work().resolve("made.txt"));
            default ->
                throw new IllegalArgumentException(
                        "not in the script: " + call.command().argv());
        };
    }

    private static ScriptedAnswer write(Path file) {
        try {
            Files.writeString(file, "made\n");
            return ScriptedAnswer.exit(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
