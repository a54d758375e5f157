package org.labharness.autograder.course;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells that something happened in the folders of some files, where the machine tells of that. */
final class FileEvents implements AutoCloseable {
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final @Nullable WatchService service = service();
    private final Map<Path, WatchKey> folders = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Machines have a limit of those who are told. */
    private static @Nullable WatchService service() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException none) {
            return null;
        }
    }

    /** From now on in the folders of these alone. */
    void expect(Set<Path> files) {
        WatchService events = service;
        if (events == null) {
            return;
        }
        Set<Path> wanted = files.stream().map(Path::getParent).collect(Collectors.toSet());
        folders.entrySet().removeIf(folder -> {
            boolean gone =
                    !wanted.contains(folder.getKey()) || !folder.getValue().isValid();
            if (gone) {
                folder.getValue().cancel();
            }
            return gone;
        });
        wanted.stream().filter(folder -> !folders.containsKey(folder)).forEach(folder -> register(folder, events));
    }

    private void register(Path folder, WatchService events) {
        try {
            folders.put(
                    folder,
                    folder.register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException | ClosedWatchServiceException away) {
            // Whoever asks looks now and then in any case.
        }
    }

    /**
     * Waits until something happened, or for a while, and a moment more: whoever writes a file is seldom done with the first piece of it.
     *
     * @return false where it was closed
     */
    boolean await(Duration longest) {
        WatchService events = service;
        try {
            if (events == null) {
                pause(longest);
            } else if (!longest.isZero()) {
                told(events, longest);
            }
            pause(MOMENT);
            while (events != null && told(events, Duration.ZERO)) {
                // All of it is seen by one look.
            }
            return closed.getCount() > 0;
        } catch (ClosedWatchServiceException end) {
            return false;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pause(Duration time) throws InterruptedException {
        boolean unused = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean told(WatchService events, Duration longest) throws InterruptedException {
        WatchKey key = events.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        key.pollEvents();
        key.reset();
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
        WatchService events = service;
        if (events != null) {
            try {
                events.close();
            } catch (IOException end) {
                // It ends with the process.
            }
        }
    }
}
