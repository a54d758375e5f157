package org.labharness.pipeline.sandbox;

import java.nio.file.Path;

/**
 * Folders of a submission on the host. Each is open to its uid alone (and to root); the folders above them, up to the sandbox's root,
 * let every user pass through (mode 0711), for the tracking server reaches its own as that uid.
 *
 * @param uid user and group id that its commands run as; the work tree must belong to it before the first command
 * @param work the work tree, mounted read-write at {@code /work}; size-capped
 * @param temporary what commands whose scratch is nothing have at {@code /tmp}, on the same file system; kept from one to the next
 * @param tracking data of its tracking server, on the same size-capped file system, mounted into no container of the student's
 * @param control sockets between harness and the DVC container, mounted at {@code /harness} where a command asks for it
 * @param socket folder for the tracking server's Unix socket, mounted into the namespace's holder only
 */
public record SpaceLayout(int uid, Path work, Path temporary, Path tracking, Path control, Path socket) {}
