package org.labharness.autograder.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * A file of the embedded database that stays open when a thread is interrupted that uses it: the Java platform closes a file channel then,
 * but not a {@link RandomAccessFile}.
 */
final class SteadyFile extends FileBaseDefault {
    private static final int PIECE = 1 << 16;

    private final RandomAccessFile file;
    private final String name;

    /** @param name for errors */
    SteadyFile(RandomAccessFile file, String name) {
        this.file = file;
        this.name = name;
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        file.seek(position);
        if (into.hasArray()) {
            int read = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            into.position(into.position() + Math.max(0, read));
            return read;
        }
        byte[] piece = new byte[Math.min(PIECE, into.remaining())];
        int read = file.read(piece);
        into.put(piece, 0, Math.max(0, read));
        return read;
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
        int count = from.remaining();
        file.seek(position);
        if (from.hasArray()) {
            file.write(from.array(), from.arrayOffset() + from.position(), count);
            from.position(from.limit());
        } else {
            byte[] bytes = new byte[count];
            from.get(bytes);
            file.write(bytes);
        }
        return count;
    }

    @Override
    public synchronized long size() throws IOException {
        return file.length();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        if (size < file.length()) {
            file.setLength(size);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.getFD().sync();
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.getChannel().tryLock(position, size, shared);
    }

    @Override
    protected synchronized void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
