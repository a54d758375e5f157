package org.labharness.autograder.gitserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTests {
    @TempDir
    Path folder;

    private PushedRepositories repositories;
    private Path directory;
    private final List<String> commits = new ArrayList<>();

    /** A repository of four packs; to the commit of the last one nothing leads. */
    @BeforeEach
    void aRepository() throws IOException {
        repositories = new PushedRepositories(folder, PushLimits.DEFAULT);
        directory = Files.createDirectories(folder.resolve("pushed/mlops/student-s0/open.git"));
        try (PushedRepository repository = PushedRepository.made(directory, PushLimits.DEFAULT)) {
            for (int i = 0; i < 4; i++) {
                Work work = Work.of(folder.resolve("work" + i), "work " + i);
                commits.add(work.commit());
                try (ObjectInserter inserter = repository.newObjectInserter()) {
                    inserter.newPackParser(new ByteArrayInputStream(work.pack()))
                            .parse(NullProgressMonitor.INSTANCE);
                }
                if (i < 3) {
                    RefUpdate update = repository.updateRef(i == 2 ? "refs/exps/ab/cd/x" : "refs/heads/work-" + i);
                    update.setNewObjectId(ObjectId.fromString(work.commit()));
                    update.forceUpdate();
                }
            }
        }
        assertThat(packs()).isEqualTo(4);
    }

    private long packs() {
        return PushedRepositories.packs(directory).stream()
                .filter(file -> file.toString().endsWith(".pack"))
                .count();
    }

    private void order(int most) {
        try (Housekeeping housekeeping =
                new Housekeeping(repositories, PushLimits.DEFAULT, new Semaphore(1), most, Duration.ofMinutes(1))) {
            housekeeping.all();
        }
    }

    private List<Boolean> there() throws IOException {
        List<Boolean> there = new ArrayList<>();
        try (PushedRepository repository = PushedRepository.of(directory, PushLimits.DEFAULT)) {
            for (String commit : commits) {
                there.add(repository.getObjectDatabase().has(ObjectId.fromString(commit)));
            }
        }
        return there;
    }

    @Test
    void many_packs_become_few_and_what_nothing_leads_to_is_gone() throws IOException {
        order(2);

        assertThat(packs()).isLessThanOrEqualTo(2);
        assertThat(there()).containsExactly(true, true, true, false);
    }

    @Test
    void few_packs_stay_as_they_are() throws IOException {
        order(10);

        assertThat(packs()).isEqualTo(4);
        assertThat(there()).doesNotContain(false);
    }

    @Test
    void a_repository_that_somebody_pushes_to_is_left_alone() throws Exception {
        repositories.turn(directory).acquire();

        order(2);

        assertThat(packs()).isEqualTo(4);
    }

    @Test
    void nothing_is_begun_when_the_process_ends() {
        Housekeeping housekeeping =
                new Housekeeping(repositories, PushLimits.DEFAULT, new Semaphore(1), 2, Duration.ofMinutes(1));
        housekeeping.close();

        housekeeping.all();

        assertThat(packs()).isEqualTo(4);
    }
}
