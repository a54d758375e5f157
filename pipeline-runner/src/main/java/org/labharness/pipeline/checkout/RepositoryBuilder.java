package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** Makes a real Git repository from code: the same calls give the same commit ids. */
public final class RepositoryBuilder implements AutoCloseable {
    /** Whoever commits where nobody else is named. */
    public static final String STUDENT = "Student";

    private final Path directory;
    private final Repository repository;
    private final Map<String, Entry> entries = new TreeMap<>();
    private String branch;
    private @Nullable ObjectId tip;
    private @Nullable ObjectId merged;
    private String author = STUDENT;
    private Instant lastTime = Instant.EPOCH;

    private record Entry(FileMode mode, ObjectId id) {}

    private RepositoryBuilder(Path directory, Repository repository, String branch) {
        this.directory = directory;
        this.repository = repository;
        this.branch = branch;
    }

    /** Begins an empty repository on branch {@code main}. */
    public static RepositoryBuilder create(Path directory) {
        return create(directory, "main");
    }

    public static RepositoryBuilder create(Path directory, String branch) {
        QuietSystem.install();
        try {
            Files.createDirectories(directory);
            Repository repository = new FileRepositoryBuilder()
                    .setGitDir(directory.resolve(".git").toFile())
                    .setWorkTree(directory.toFile())
                    .setInitialBranch(branch)
                    .setup()
                    .build();
            repository.create(false);
            return new RepositoryBuilder(directory, repository, branch);
        } catch (IOException | org.eclipse.jgit.api.errors.GitAPIException e) {
            throw new IllegalStateException("no repository could be made in " + directory, e);
        }
    }

    public Path directory() {
        return directory;
    }

    public RepositoryBuilder write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public RepositoryBuilder write(String path, byte[] content) {
        return put(path, content, FileMode.REGULAR_FILE);
    }

    public RepositoryBuilder writeExecutable(String path, String text) {
        return put(path, text.getBytes(StandardCharsets.UTF_8), FileMode.EXECUTABLE_FILE);
    }

    /** Commits a symbolic link; the work tree gets a file that holds its target. */
    public RepositoryBuilder link(String path, String target) {
        return put(path, target.getBytes(StandardCharsets.UTF_8), FileMode.SYMLINK);
    }

    /** Commits another repository inside this one, of which nothing but the commit is named. */
    public RepositoryBuilder submodule(String path, String commit) {
        entries.put(path, new Entry(FileMode.GITLINK, ObjectId.fromString(commit)));
        return this;
    }

    /** Takes in every file below a folder, {@code .git} left out. */
    public RepositoryBuilder writeAll(Path folder) {
        try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (Files.isRegularFile(file) && !path.startsWith(".git/")) {
                    put(path, Files.readAllBytes(file), mode(file));
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileMode mode(Path file) {
        return Files.isExecutable(file) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    }

    private RepositoryBuilder put(String path, byte[] content, FileMode mode) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            entries.put(path, new Entry(mode, inserter.insert(Constants.OBJ_BLOB, content)));
            inserter.flush();
            Path file = directory.resolve(path);
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            Files.write(file, content);
            if (FileMode.EXECUTABLE_FILE.equals(mode.getBits())) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RepositoryBuilder delete(String path) {
        try {
            entries.remove(path);
            Files.deleteIfExists(directory.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away all that was written. */
    public RepositoryBuilder deleteAll() {
        List.copyOf(entries.keySet()).forEach(this::delete);
        return this;
    }

    /** Commits from now on under this name. */
    public RepositoryBuilder as(String name) {
        author = name;
        return this;
    }

    /** The next commit merges a branch that is there. */
    public RepositoryBuilder merging(String name) {
        try {
            merged = repository.resolve(Constants.R_HEADS + name);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits what was written as an experiment of DVC: from here, on no branch. */
    public RepositoryBuilder experiment(String name, String message, Instant time) {
        String base = required().name();
        set("refs/exps/" + base.substring(0, 2) + "/" + base.substring(2) + "/" + name, insert(message, time));
        return this;
    }

    /** Commits what was written and gives the commit's id. */
    public String commit(String message, Instant time) {
        ObjectId id = insert(message, time);
        tip = id;
        set(Constants.R_HEADS + branch, id);
        return id.name();
    }

    private ObjectId insert(String message, Instant time) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = repository.lockDirCache();
            DirCacheBuilder builder = index.builder();
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                builder.add(indexEntry(entry.getKey(), entry.getValue()));
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            index.write();
            index.commit();
            ObjectId parent = tip;
            ObjectId other = merged;
            if (parent != null) {
                commit.setParentId(parent);
            }
            if (other != null) {
                commit.addParentId(other);
            }
            merged = null;
            commit.setAuthor(student(time));
            commit.setCommitter(student(time));
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            lastTime = time;
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DirCacheEntry indexEntry(String path, Entry entry) throws IOException {
        DirCacheEntry added = new DirCacheEntry(path);
        added.setFileMode(entry.mode());
        added.setObjectId(entry.id());
        Path file = directory.resolve(path);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            added.setLength(attributes.size());
            added.setLastModified(attributes.lastModifiedTime().toInstant());
        }
        return added;
    }

    /** Goes on from here on a new branch, which HEAD then names. */
    public RepositoryBuilder branch(String name) {
        branch = name;
        ObjectId here = tip;
        if (here != null) {
            set(Constants.R_HEADS + name, here);
        }
        link(Constants.R_HEADS + name);
        return this;
    }

    /** Goes on from the tip of a branch that is there; the files stay as they are now. */
    public RepositoryBuilder onto(String name) {
        try {
            tip = repository.resolve(Constants.R_HEADS + name);
            branch = name;
            link(Constants.R_HEADS + name);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(String target) {
        try {
            repository.updateRef(Constants.HEAD).link(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tags the last commit. */
    public RepositoryBuilder tag(String name) {
        return ref(Constants.R_TAGS + name);
    }

    /** Tags the last commit with a tag object. */
    public RepositoryBuilder annotatedTag(String name, String message) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TagBuilder tag = new TagBuilder();
            tag.setTag(name);
            tag.setMessage(message);
            tag.setTagger(student(lastTime));
            tag.setObjectId(required(), Constants.OBJ_COMMIT);
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            set(Constants.R_TAGS + name, id);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a ref with a full name, such as {@code refs/exps/ab/cd/name}, lead to the last commit. */
    public RepositoryBuilder ref(String name) {
        set(name, required());
        return this;
    }

    private ObjectId required() {
        ObjectId here = tip;
        if (here == null) {
            throw new IllegalStateException("there is no commit yet");
        }
        return here;
    }

    private void set(String name, ObjectId id) {
        try {
            RefUpdate update = repository.updateRef(name);
            update.setNewObjectId(id);
            RefUpdate.Result result = update.forceUpdate();
            if (result == RefUpdate.Result.REJECTED || result == RefUpdate.Result.LOCK_FAILURE) {
                throw new IllegalStateException(name + " was not set: " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PersonIdent student(Instant time) {
        String address = author.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".") + "@example.org";
        return new PersonIdent(author, address, time, ZoneOffset.UTC);
    }

    @Override
    public void close() {
        repository.close();
    }
}
