package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobSizesTests {
    private static final int MANY = 2_500;

    @TempDir
    private Path folder;

    private FileRepository repository;

    @BeforeEach
    void create() throws Exception {
        repository = new FileRepository(folder.resolve(".git").toFile());
        repository.create();
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private List<ObjectId> blobs(int count) throws Exception {
        List<ObjectId> ids = new ArrayList<>();
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            for (int i = 0; i < count; i++) {
                ids.add(inserter.insert(Constants.OBJ_BLOB, "x".repeat(i % 500).getBytes(StandardCharsets.US_ASCII)));
            }
            inserter.flush();
        }
        return ids;
    }

    private static Caps caps(InstantSource clock) {
        return new Caps(CheckoutLimits.DEFAULT, clock, "here");
    }

    @Test
    void comeInTheOrderOfTheFilesHoweverManyThereAre() throws Exception {
        for (int count : List.of(0, 1, MANY)) {
            long[] sizes = BlobSizes.of(repository, blobs(count), caps(InstantSource.system()));
            assertThat(sizes).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(sizes[i]).isEqualTo(i % 500);
            }
        }
    }

    @Test
    void anObjectThatIsNotThereIsMissedWhicheverThreadComesUponIt() throws Exception {
        List<ObjectId> ids = blobs(MANY);
        for (int where : List.of(0, 1, MANY - 1)) {
            List<ObjectId> broken = new ArrayList<>(ids);
            broken.set(where, ObjectId.fromString("0123456789012345678901234567890123456789"));
            assertThatThrownBy(() -> BlobSizes.of(repository, broken, caps(InstantSource.system())))
                    .isInstanceOf(MissingObjectException.class);
        }
    }

    @Test
    void theTimeLimitHoldsForEveryThread() throws Exception {
        List<ObjectId> ids = blobs(MANY);
        Instant start = Instant.EPOCH;
        Instant[] now = {start};
        Caps caps = caps(() -> now[0]);
        now[0] = start.plus(Duration.ofDays(1));
        assertThatThrownBy(() -> BlobSizes.of(repository, ids, caps)).isInstanceOf(RuntimeException.class);
    }
}
