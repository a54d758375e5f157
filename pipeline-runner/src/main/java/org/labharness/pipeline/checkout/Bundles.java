package org.labharness.pipeline.checkout;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.BundleWriter;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PackParser;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.checkout.References.Target;

/**
 * Keeps whole repositories in Git bundles: every branch, tag and experiment, and which branch HEAD named. What is cloned from an
 * unpacked bundle is what would have been cloned from the repository. Safe for use by several threads.
 */
public final class Bundles {
    private static final String NO_BRANCH = "refs/heads/labharness-names-no-branch";

    private final Credentials credentials;
    private final InstantSource clock;

    /** @param environment variables that name credentials, as {@code System.getenv()} gives them */
    public Bundles(Map<String, String> environment, InstantSource clock) {
        this.credentials = Credentials.from(environment);
        this.clock = clock;
        QuietSystem.install();
    }

    /**
     * Writes a repository as it is now into a bundle.
     *
     * @param scratch an empty or missing folder for the clone, which the caller deletes
     * @param bundle the file to write
     * @throws SubmissionRefused where there is nothing that could be graded, or a limit is passed
     * @throws SystemBroke where the network or disk fails
     */
    public Frozen freeze(Source source, Path scratch, Path bundle, CheckoutLimits limits) {
        Location location = Location.of(source);
        if (location instanceof Location.Local local) {
            LocalRepository.gitDirectory(local);
            QuietUploads.begin();
        }
        Caps caps = new Caps(limits, clock, location.shown());
        try (CappedRepository clone = CappedRepository.create(scratch, caps);
                Origin origin = new Origin(location, caps, credentials)) {
            Fetch fetch = new Fetch(clone, origin, caps);
            References references = fetch.all();
            Optional<ObjectId> brought = fetch.bring(source.ref(), references, location);
            try (ObjectReader reader = clone.newObjectReader();
                    RevWalk walk = new RevWalk(reader)) {
                Target target = references.resolve(source.ref(), reader);
                RevCommit commit = References.peel(walk, target);
                write(clone, references, brought, bundle, caps);
                return new Frozen(
                        location.shown(),
                        target.shown(),
                        commit.name(),
                        references.digest(),
                        PackageFiles.digest(commit, reader));
            }
        } catch (MissingObjectException | CorruptObjectException | LargeObjectException e) {
            throw Checkout.damaged(e);
        } catch (IOException e) {
            throw caps.passed().orElseGet(() -> caps.unwritable(scratch.toFile(), e));
        }
    }

    private static void write(
            CappedRepository clone, References references, Optional<ObjectId> brought, Path bundle, Caps caps)
            throws IOException {
        PackConfig quick = new PackConfig(clone);
        quick.setDeltaCompress(false); // as it came; looking for more takes longer than it saves
        BundleWriter writer = new BundleWriter(clone);
        writer.setPackConfig(quick);
        references.all().forEach(writer::include);
        Optional<String> branch = references.headBranch();
        if (branch.isPresent()) {
            ObjectId tip = Objects.requireNonNull(references.all().get(branch.get()));
            writer.include(Constants.HEAD, tip);
            writer.include(BundleHeader.DEFAULT + branch.get().substring(Constants.R_HEADS.length()), tip);
        } else if (references.headCommit().isPresent()
                && clone.getObjectDatabase().has(references.headCommit().get())) {
            writer.include(Constants.HEAD, references.headCommit().get());
        }
        brought.ifPresent(id -> writer.include(References.GRADED, id));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
            writer.writeBundle(caps.monitor(), out);
        }
    }

    /**
     * Unpacks a bundle into a bare repository, which {@link Checkout} clones from as from the one that was frozen.
     *
     * @param shown where it was handed in, for messages
     * @param directory empty or missing
     * @throws SubmissionRefused where a limit is passed
     * @throws SystemBroke where the bundle is damaged, or the disk fails
     */
    public void unpack(Path bundle, String shown, Path directory, CheckoutLimits limits) {
        Caps caps = new Caps(limits, clock, shown);
        try (CappedRepository repository = CappedRepository.bare(directory, caps);
                InputStream in = new BufferedInputStream(Files.newInputStream(bundle), 1 << 16)) {
            BundleHeader header = BundleHeader.read(in, limits.refs());
            objects(repository, in, caps);
            for (Map.Entry<String, ObjectId> ref : header.refs().entrySet()) {
                if (!repository.getObjectDatabase().has(ref.getValue())) {
                    throw new BundleHeader.Damaged("what " + ref.getKey() + " leads to is missing");
                }
            }
            NavigableMap<String, ObjectId> refs = new TreeMap<>(header.refs());
            refs.remove(Constants.HEAD);
            PackedRefs.write(repository, refs);
            setHead(repository, header);
        } catch (OutOfMemoryError e) {
            throw caps.tooMuchMemory(); // what took it is garbage by now
        } catch (IOException e) {
            throw caps.passed()
                    .or(() -> FetchFailure.largeFile(e, caps))
                    .orElseGet(() -> FetchFailure.isFullDisk(e)
                            ? caps.unwritable(directory.toFile(), e)
                            : unreadable(bundle, shown, e));
        }
    }

    private static SystemBroke unreadable(Path bundle, String shown, IOException e) {
        return Thread.currentThread().isInterrupted()
                ? new SystemBroke(Breakdown.INTERRUPTED, "Unpacking " + bundle + " was interrupted.", e)
                : new SystemBroke(
                        Breakdown.INTERNAL,
                        "The kept copy of '" + shown + "' is damaged: " + e.getMessage() + " (" + bundle
                                + "). Grade the repository itself, if it is still there.",
                        e);
    }

    private static void objects(CappedRepository repository, InputStream in, Caps caps) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(in);
            parser.setAllowThin(false);
            parser.setObjectChecker(caps.counter());
            parser.setCheckEofAfterPackFooter(true);
            PackLock lock = parser.parse(caps.monitor());
            if (lock != null) {
                lock.unlock();
            }
            inserter.flush();
        }
    }

    private static void setHead(CappedRepository repository, BundleHeader header) throws IOException {
        ObjectId detached = header.refs().get(Constants.HEAD);
        Optional<String> branch = header.defaultBranch();
        boolean alone = branch.isEmpty() && detached != null;
        RefUpdate head = repository.updateRef(Constants.HEAD, alone);
        if (alone) {
            head.setNewObjectId(detached);
            head.forceUpdate();
        } else {
            head.link(branch.orElse(NO_BRANCH));
        }
    }
}
