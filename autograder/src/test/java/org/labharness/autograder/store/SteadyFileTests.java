package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyFileTests {
    private static final int LARGE = 300_000;

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void register() {
        SteadyFilePath.register();
        path = folder.resolve("file");
    }

    private FileChannel open(String mode) throws IOException {
        return FilePath.get(SteadyFilePath.SCHEME + ":" + path).open(mode);
    }

    private static ByteBuffer buffer(boolean direct, int size) {
        return direct
                ? ByteBuffer.allocateDirect(size)
                : ByteBuffer.allocate(size + 8).position(8).slice();
    }

    private static ByteBuffer bytes(boolean direct, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return buffer(direct, bytes.length).put(bytes).flip();
    }

    private static String text(FileChannel file, boolean direct, long position, int count) throws IOException {
        ByteBuffer read = buffer(direct, count);
        while (read.hasRemaining() && file.read(read, position + read.position()) > 0) {
            // once more
        }
        return StandardCharsets.UTF_8.decode(read.flip()).toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWrittenSomewhereIsReadThere(boolean direct) throws IOException {
        try (FileChannel file = open("rw")) {
            ByteBuffer first = bytes(direct, "0123456789");
            assertThat(file.write(first, 0)).isEqualTo(10);
            assertThat(first.hasRemaining()).isFalse();
            file.write(bytes(direct, "abc"), 4);
            file.write(bytes(direct, "end"), 12);
            file.force(true);

            assertThat(file.size()).isEqualTo(15);
            assertThat(text(file, direct, 3, 5)).isEqualTo("3abc7");
            assertThat(text(file, direct, 8, 100)).as("as much as there is").isEqualTo("89\0\0end");
            assertThat(file.read(buffer(direct, 1), 15)).as("behind the end").isEqualTo(-1);

            file.truncate(6);
            assertThat(file.size()).isEqualTo(6);
            file.truncate(100);
            assertThat(file.size()).as("nothing grows by that").isEqualTo(6);
        }
        assertThat(path).hasContent("0123ab");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLargeIsReadWhole(boolean direct) throws IOException {
        String large = "0123456789".repeat(LARGE / 10);
        try (FileChannel file = open("rw")) {
            file.write(bytes(direct, large), 7);

            assertThat(text(file, direct, 7, LARGE)).isEqualTo(large);
        }
    }

    @Test
    void whoIsInterruptedLeavesItOpenAndStaysInterrupted() throws IOException {
        try (FileChannel file = open("rw")) {
            Thread.currentThread().interrupt();
            file.write(bytes(false, "abc"), 0);
            String read = text(file, false, 0, 3);
            file.force(false);
            boolean interrupted = Thread.interrupted();

            assertThat(read).isEqualTo("abc");
            assertThat(interrupted).isTrue();
            assertThat(file.isOpen()).isTrue();
        }
    }

    @Test
    void onlyOneLocksIt() throws IOException {
        Files.writeString(path, "x");
        try (FileChannel one = open("rw");
                var lock = one.tryLock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(lock.isShared()).isFalse();
            try (FileChannel other = open("rw")) {
                assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);
            }
            assertThat(one.toString()).isEqualTo(path.toString());
        }
        try (FileChannel reading = open("r")) {
            assertThat(text(reading, false, 0, 1)).isEqualTo("x");
        }
    }
}
