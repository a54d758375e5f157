package org.labharness.autograder.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.forge.Forge;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Delivery;
import org.labharness.autograder.store.WebhookStore.Pushed;
import org.labharness.autograder.webhook.Proof.Unproven;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.SystemBroke;

/**
 * Takes what forges tell. A push is noted in the database before the forge gets its answer, so that nothing is lost whatever happens
 * next; {@link ReceiptWork} does the rest. Safe for use by several threads.
 */
public final class Hooks {
    /** Whoever holds a place has not proven anything yet: small deliveries, which nearly all are, do not wait for slow large ones. */
    private static final int SMALL_AT_ONCE = 200;

    private static final int LARGE_AT_ONCE = 32;

    private final Supplier<List<Course>> courses;
    private final HookSecrets secrets;
    private final RosterStore rosters;
    private final WebhookStore store;
    private final Path folder;
    private final Runnable noted;
    private final InstantSource clock;
    private final Semaphore small = new Semaphore(SMALL_AT_ONCE);
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE);
    private final Map<CourseId, Known> known = new ConcurrentHashMap<>();

    /** @param state of the roster that it was made of */
    private record Known(String state, Course course, Enrolled enrolled) {}

    /**
     * @param courses that are served, as they are now
     * @param folder for large deliveries while they are read
     * @param noted called when there is something to do
     */
    public Hooks(
            Supplier<List<Course>> courses,
            HookSecrets secrets,
            Database database,
            Path folder,
            Runnable noted,
            InstantSource clock) {
        this.courses = courses;
        this.secrets = secrets;
        this.rosters = new RosterStore(database);
        this.store = new WebhookStore(database);
        this.folder = folder;
        this.noted = noted;
        this.clock = clock;
    }

    /**
     * Takes a delivery.
     *
     * @param length of the body; negative where that is not said
     * @param form whether the body is a form, not JSON
     * @throws IOException where the sender goes away
     */
    HookAnswer take(Headers headers, InputStream in, long length, boolean form) throws IOException {
        Instant received = clock.instant();
        Forge forge = headers.forge();
        if (secrets.of(forge).isEmpty()) {
            return HookAnswer.problem(
                    404,
                    "Webhooks of " + forge.title() + " are not set up",
                    "Whoever runs this server sets a secret for them in LAB_WEBHOOK_" + forge + ".");
        }
        Semaphore places = HookBody.isSmall(length) ? small : large;
        if (!places.tryAcquire()) {
            return HookAnswer.problem(503, "Too many deliveries at once", "Deliver it again in a few seconds.");
        }
        try {
            Proof proof = Proof.begin(headers, secrets.of(forge), received);
            try (HookBody body = HookBody.read(in, folder, proof::update)) {
                return proven(headers, proof, body, form, received);
            }
        } catch (Unproven unproven) {
            return HookAnswer.problem(
                    401, "The delivery is not proven", "It is not believed: " + unproven.getMessage() + ".");
        } catch (HookBody.TooLarge large) {
            return HookAnswer.problem(
                    413,
                    "The delivery is too large",
                    "It has more than " + (HookBody.LARGEST >> 20) + " MiB, and no more are read.");
        } catch (HookBody.TooSlow slow) {
            return HookAnswer.problem(408, "The delivery took too long", "Deliver it again.");
        } catch (SystemBroke broke) {
            return HookAnswer.problem(
                    503, "The harness cannot note it now", "Deliver it again in a few minutes; it was not noted.");
        } finally {
            places.release();
        }
    }

    private HookAnswer proven(Headers headers, Proof proof, HookBody body, boolean form, Instant received)
            throws IOException, Unproven {
        Set<CourseId> proven = proof.courses();
        Payload payload;
        try (InputStream in = body.open()) {
            payload = PayloadReader.read(form ? new FormField(in) : in);
        } catch (IOException wrong) {
            // What is wrong may quote the body, which is of no use to people.
            return HookAnswer.problem(
                    400,
                    "The delivery cannot be read",
                    "Expected a JSON object as " + headers.forge().title() + " sends it, as application/json or as the"
                            + " field payload of a form.");
        }
        Event event = Event.of(headers, payload);
        if (event != Event.PUSH) {
            return HookAnswer.ignored(
                    event == Event.PING
                            ? "The webhook works: the secret is right. Pushes are graded from now on."
                            : "Only pushes of branches and tags are graded; this is '"
                                    + PlainText.line(headers.event(), 60) + "'.");
        }
        if (!payload.isPush()) {
            return payload.isDeleted()
                    ? HookAnswer.ignored("A branch or tag was deleted; nothing was handed in.")
                    : HookAnswer.problem(
                            400,
                            "The delivery tells of no push",
                            "Expected 'ref' and the commit that it leads to, as "
                                    + headers.forge().title() + " sends them.");
        }
        return pushed(headers, proof, payload, proven, received);
    }

    private HookAnswer pushed(Headers headers, Proof proof, Payload payload, Set<CourseId> proven, Instant received) {
        String digest = proof.digest();
        String id = headers.delivery().orElse("sha256:" + digest);
        boolean named = false;
        boolean again = false;
        List<Map<String, Object>> taken = new ArrayList<>();
        for (Course course : courses.get()) {
            if (proven.contains(course.id())) {
                Enrolled.Match match = enrolled(course).match(payload, received);
                named |= match.known();
                Delivery delivery =
                        new Delivery(course.id(), headers.forge().id(), id, proof.coversId() ? null : digest, received);
                if (!match.pushed().isEmpty()) {
                    if (store.accept(delivery, match.pushed())) {
                        match.pushed().forEach(one -> taken.add(about(course, one)));
                    } else {
                        again = true;
                    }
                }
            }
        }
        if (taken.isEmpty()) {
            return again ? replayed(id) : nobodys(named);
        }
        noted.run();
        Map<String, Object> body = HookAnswer.ordered("status", "accepted", "received", received.toString());
        body.put("commit", payload.commit());
        body.put("labs", taken);
        return new HookAnswer(202, body);
    }

    /** As course and roster are now; made anew when one of them has changed. */
    private Enrolled enrolled(Course course) {
        String state = rosters.state(course.id());
        Known last = known.get(course.id());
        if (last == null || !last.state().equals(state) || !last.course().equals(course)) {
            last = new Known(state, course, new Enrolled(course, rosters.read(course.id())));
            known.put(course.id(), last);
        }
        return last.enrolled();
    }

    /** Prepares the courses that deliveries can be about, so that not even the first one waits for that, and clears up after a kill. */
    public void prepare() {
        HookBody.sweep(folder, clock.instant());
        Set<CourseId> expected = new LinkedHashSet<>();
        for (Forge forge : Forge.values()) {
            secrets.of(forge).forEach(secret -> expected.add(secret.course()));
        }
        courses.get().stream().filter(course -> expected.contains(course.id())).forEach(this::enrolled);
    }

    private static Map<String, Object> about(Course course, Pushed pushed) {
        return HookAnswer.ordered(
                "course", course.id().value(), "lab", pushed.lab().value());
    }

    private static HookAnswer replayed(String id) {
        return HookAnswer.problem(
                409,
                "The delivery came before",
                "It was accepted already (" + PlainText.line(id, 80) + ") and is not graded a second time.");
    }

    private static HookAnswer nobodys(boolean known) {
        return HookAnswer.ignored(
                known
                        ? "No lab of this repository is open now."
                        : "The roster names no such repository. Its address must be the student's in the roster:"
                                + " ./lab roster.");
    }
}
