package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;

/** Nobody loses a team's points by a new table without being named. */
class MovedTeamsTests {
    @TempDir
    Path folder;

    @BeforeEach
    void twoTeamsThatWereMarked() throws IOException {
        write("course.yaml", """
                id: mlops
                title: MLOps
                time-zone: UTC
                components:
                  uat:
                    title: UAT
                    weight: 100
                    labs:
                      - id: uat
                        title: UAT
                        team: true
                        form:
                          blocks:
                            - {title: Demo, items: [{id: demo, title: Demo, points: 10}]}
                            - {title: Viva, personal: true, items: [{id: viva, title: Viva, points: 8}]}
                """);
        write("students.csv", "id,name,team\ns1,Ann,alpha\ns2,Bo,alpha\ns3,Cy,beta\ns4,Di,\n");
        roster("students.csv", "--apply");
        run("mark", "uat", "--team", "alpha", "demo=9");
        run("mark", "uat", "--team", "beta", "demo=4");
        run("mark", "uat", "--student", "s1", "viva=7");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Result run(String command, String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(
                                command,
                                "--course",
                                folder.resolve("course.yaml").toString()),
                        Stream.of(arguments))
                .toArray(String[]::new);
        return new Cli(folder.resolve("home")).run(all);
    }

    private Result roster(String table, String... more) {
        return run(
                "roster",
                Stream.concat(Stream.of(folder.resolve(table).toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void whoChangesTheTeamIsNamedWithThePointsThatMove() throws IOException {
        write("swapped.csv", "id,name,team\ns1,Ann,beta\ns2,Bo,\ns3,Cy,alpha\ns4,Di,beta\n");

        assertThat(roster("swapped.csv").out()).contains("""
                points that move with a team
                  s1  uat: 16 -> 11 of 18
                  s2  uat: 9 -> 0 of 18
                  s3  uat: 4 -> 9 of 18
                  s4  uat: 0 -> 4 of 18
                  What a team handed in counts for those who are its members. What is to stay as it was is decided by hand:
                  ./lab override STUDENT LAB --set POINTS --why "..."
                """);
    }

    @Test
    void whereNoTeamChangesNothingIsSaid() throws IOException {
        write("renamed.csv", "id,name,team\ns1,Anna,alpha\ns2,Bo,alpha\ns3,Cy,beta\ns4,Di,gamma\n");

        assertThat(roster("renamed.csv").out()).contains("team: none -> gamma").doesNotContain("points that move");
    }
}
