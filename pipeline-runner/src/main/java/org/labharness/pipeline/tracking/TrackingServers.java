package org.labharness.pipeline.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SpaceLayout;

/**
 * Gives every submission an MLflow server of its own. One per harness; safe for use by several threads.
 *
 * <p>All servers live in one container as processes with the user ids of their submissions, forked from one that has imported MLflow
 * already: that takes seconds once and a tenth of a second each. The container is started by the first {@link #serve}, or beside other
 * work by {@link #warmUp}; one that has died is replaced for the next submission.
 */
public final class TrackingServers implements AutoCloseable {
    /** The port at which {@link #uri} is answered in the submission's namespace; uncommon, so that nothing else binds it. */
    public static final LoopbackPort PORT = new LoopbackPort(27180, true);

    /** Name of the server's Unix socket in {@link SpaceLayout#socket}. */
    static final String SOCKET = "server.sock";

    /** What {@code server.py} calls an empty file beside its database where that has happened. */
    private static final String NO_ROOM = "no-room";

    private final Sandbox sandbox;
    private final String image;
    private final ServerLimits limits;
    private final AtomicLong number = new AtomicLong();
    private @Nullable ForkContainer container;
    private boolean closed;

    /** @param image the image of the tracking servers */
    public TrackingServers(Sandbox sandbox, String image) {
        this(sandbox, image, ServerLimits.DEFAULT);
    }

    TrackingServers(Sandbox sandbox, String image, ServerLimits limits) {
        this.sandbox = sandbox;
        this.image = image;
        this.limits = limits;
    }

    /** What a submission's commands find in their environment. */
    public static Map<String, String> environment() {
        return Map.of("MLFLOW_TRACKING_URI", uri());
    }

    /** The server's address as a submission sees it. */
    public static String uri() {
        return "http://localhost:" + PORT.port();
    }

    /** Starts the container unless it runs already; returns at once. */
    public void warmUp() {
        container();
    }

    /** Starts a server on the submission's folders and returns at once; a failure shows when it is used. */
    public TrackingServer serve(SpaceLayout layout) {
        String folder = inside(layout.tracking());
        String socket = inside(layout.socket()) + "/" + SOCKET;
        return new TrackingServer(
                layout.socket().resolve(SOCKET),
                () -> container().ready(),
                parent -> parent.serve("server-" + number.incrementAndGet(), layout.uid(), folder, socket, limits));
    }

    /** Whether a submission's server had no room on the submission's disk for what it was sent, now or since then. */
    public static boolean hadNoRoom(SpaceLayout layout, Instant since) {
        try {
            Path told = layout.tracking().resolve(NO_ROOM);
            FileTime when = (FileTime) Files.getAttribute(told, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            return !when.toInstant().isBefore(since);
        } catch (IOException e) {
            return false; // it is there only where that has happened
        }
    }

    private String inside(Path folder) {
        Path root = sandbox.root();
        if (!folder.startsWith(root)) {
            throw new SystemBroke(Breakdown.INTERNAL, folder + " does not lie below the sandbox's root " + root);
        }
        return ForkContainer.SPACES + "/" + root.relativize(folder);
    }

    private synchronized ForkContainer container() {
        if (closed) {
            throw new SystemBroke(Breakdown.TRACKING_SERVER, "the tracking servers were closed");
        }
        ForkContainer last = container;
        if (last == null || last.isOver()) {
            last = ForkContainer.start(sandbox, image);
            container = last;
        }
        return last;
    }

    /** Ends the container and with it every server. */
    @Override
    public synchronized void close() {
        closed = true;
        if (container != null) {
            container.close();
        }
    }
}
