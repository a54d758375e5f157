package org.labharness.autograder.intake;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.lab.LabId;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SteadyClock;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.checkout.Bundles;
import org.labharness.pipeline.checkout.CheckoutLimits;
import org.labharness.pipeline.checkout.Frozen;

/**
 * Keeps what is handed in before anything of it runs: the submission is noted whatever becomes of its run, and can be run again when
 * the student's repository is gone. Safe for use by several threads.
 */
public final class Freezer {
    private final Archive archive;
    private final Bundles bundles;
    private final InstantSource clock;

    /** @param environment variables that name credentials, as {@code System.getenv()} gives them */
    public Freezer(Archive archive, Map<String, String> environment, InstantSource clock) {
        this.archive = archive;
        this.bundles = new Bundles(environment, new SteadyClock());
        this.clock = clock;
    }

    /**
     * Freezes a repository as it is now. It is received when this is called, by the clock of this machine, however long it takes.
     *
     * @throws SubmissionRefused where there is nothing that could be graded, or a limit is passed
     * @throws SystemBroke where the network or disk fails
     */
    public SubmissionFact freeze(LabId lab, Owner owner, Source source) {
        return keep(lab, owner, source).fact();
    }

    /**
     * What was frozen.
     *
     * @param packages digest over what may declare its packages
     */
    public record Kept(SubmissionFact fact, String packages) {
        /** The same, received at another moment; null where no trusted time is known. */
        public Kept received(@Nullable Instant at) {
            return new Kept(
                    new SubmissionFact(
                            fact.lab(),
                            fact.owner(),
                            fact.repository(),
                            fact.ref(),
                            fact.commit(),
                            fact.refsDigest(),
                            at,
                            fact.bundle()),
                    packages);
        }
    }

    /** Freezes, as {@link #freeze} does, and says as well which submissions it shares its environment with. */
    public Kept keep(LabId lab, Owner owner, Source source) {
        Instant received = clock.instant();
        try (ThrowawayFolder scratch = archive.scratch()) {
            Path bundle = scratch.path().resolve("bundle");
            Frozen frozen = bundles.freeze(source, scratch.path().resolve("clone"), bundle, CheckoutLimits.DEFAULT);
            return new Kept(
                    new SubmissionFact(
                            lab,
                            owner,
                            frozen.repository(),
                            frozen.ref(),
                            frozen.commit(),
                            frozen.refsDigest(),
                            received,
                            archive.keepBundle(bundle)),
                    frozen.packages());
        }
    }

    /**
     * Unpacks what was kept of a submission, to be run as if it came from where it was handed in.
     *
     * @param digest of its bundle
     * @throws SystemBroke where it is not there any more, or damaged
     */
    public Thawed thaw(SubmissionFact submission, String digest) {
        Path bundle = archive.verified(Kind.BUNDLE, digest);
        ThrowawayFolder scratch = archive.scratch();
        try {
            Path repository = scratch.path().resolve("repository.git");
            bundles.unpack(bundle, submission.repository(), repository, CheckoutLimits.DEFAULT);
            return new Thawed(new Source(repository.toString(), submission.ref(), submission.repository()), scratch);
        } catch (RuntimeException problem) {
            scratch.close();
            throw problem;
        }
    }

    /** What was kept, unpacked until this is closed. */
    public static final class Thawed implements AutoCloseable {
        private final Source source;
        private final ThrowawayFolder folder;

        private Thawed(Source source, ThrowawayFolder folder) {
            this.source = source;
            this.folder = folder;
        }

        /** To be run; evidence shows where it was handed in. */
        public Source source() {
            return source;
        }

        @Override
        public void close() {
            folder.close();
        }
    }
}
