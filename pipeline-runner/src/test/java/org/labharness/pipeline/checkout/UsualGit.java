package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Git as it comes, which unpacks whatever it is sent, with 512 MiB of memory to do so. */
record UsualGit(Path folder) {
    /** How many bytes the objects of a pack take, unpacked; -1 where Git ran out of memory over it. */
    long unpacked(byte[] pack) throws IOException, InterruptedException {
        Path sent = Files.write(Files.createTempFile(folder, "sent", ".pack"), pack);
        Path repository = Files.createTempDirectory(folder, "usual");
        String said = run("ulimit -v 524288; git init --quiet --bare " + repository + " && cd " + repository
                + " && git -c pack.threads=1 -c core.bigFileThreshold=20000g index-pack --stdin < " + sent
                + " 2>&1 && git cat-file --batch-all-objects --batch-check='%(objectsize)'");
        return said.contains("ut of memory") || said.contains("cannot allocate")
                ? -1
                : said.lines()
                        .filter(line -> line.matches("[0-9]+"))
                        .mapToLong(Long::parseLong)
                        .sum();
    }

    /** Does something to a repository. */
    static void in(Path repository, String words) throws IOException, InterruptedException {
        String said = run("cd '" + repository + "' && git -c user.name=Student -c user.email=student@example.org "
                + words + " && echo done");
        if (!said.endsWith("done\n")) {
            throw new IOException("git " + words + ": " + said);
        }
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return said;
    }
}
