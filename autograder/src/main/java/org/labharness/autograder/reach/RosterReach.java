package org.labharness.autograder.reach;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.labharness.autograder.enrolment.RepositoryText;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Asks for every repository of a roster, each address once however many students and labs share it. */
public final class RosterReach {
    private final Roster roster;
    private final List<CourseLab> labs;
    private final List<CourseLab> unopened;

    /**
     * Decides whose repositories are asked for: of the labs for which something is handed in, and that are open by now or were chosen.
     *
     * @param chosen labs to look at, also when they are not open yet; none: all
     */
    public RosterReach(Course course, Roster roster, List<CourseLab> chosen, Instant now) {
        List<CourseLab> counting = (chosen.isEmpty() ? course.labs() : chosen)
                .stream()
                        .filter(lab -> lab.submitted() && lab.cancelled() == null)
                        .toList();
        this.roster = roster;
        this.unopened = chosen.isEmpty()
                ? counting.stream().filter(lab -> opensAfter(lab, now)).toList()
                : List.of();
        this.labs = counting.stream().filter(lab -> !unopened.contains(lab)).toList();
    }

    private static boolean opensAfter(CourseLab lab, Instant now) {
        Instant opens = lab.schedule().opens();
        return opens != null && opens.isAfter(now);
    }

    /** How a repository is asked for. */
    public interface Asking {
        /**
         * How many branches and tags it offers.
         *
         * @throws SubmissionRefused where it is not there or may not be read
         * @throws SystemBroke where the network or a login fails
         */
        int references(String address);
    }

    /** Told after each answer how many there are by now, of how many; by several threads. */
    public interface Watcher {
        void answered(int done, int all);
    }

    /** @param atOnce how many are asked for at the same time */
    public ReachReport ask(Asking asking, int atOnce, Watcher watcher) {
        AtomicInteger done = new AtomicInteger();
        Map<Errand, Answer> answers = new LinkedHashMap<>();
        Map<String, Future<Answer>> asked = new LinkedHashMap<>();
        Map<Errand, Future<Answer>> waiting = new LinkedHashMap<>();
        List<Errand> errands = errands();
        int all = addresses(errands);
        try (ExecutorService pool = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().daemon().name("reach-", 0).factory())) {
            for (Errand errand : errands) {
                Optional<String> address =
                        errand.student().repositoryOf(errand.lab().id());
                Optional<Answer> known =
                        address.map(RosterReach::unsafe).orElse(Optional.of(new Answer.Failed(Trouble.NOT_KNOWN, "")));
                if (known.isPresent()) {
                    answers.put(errand, known.get());
                } else {
                    String url = address.orElseThrow();
                    waiting.put(
                            errand,
                            asked.computeIfAbsent(
                                    url,
                                    one -> pool.submit(() -> {
                                        Answer answer = answer(asking, one);
                                        watcher.answered(done.incrementAndGet(), all);
                                        return answer;
                                    })));
                }
            }
            waiting.forEach((errand, answer) -> answers.put(errand, get(answer)));
        }
        return new ReachReport(labs, unopened, asked.size(), answers);
    }

    private static int addresses(List<Errand> errands) {
        return Math.toIntExact(errands.stream()
                .flatMap(errand -> errand.student().repositoryOf(errand.lab().id()).stream())
                .filter(address -> unsafe(address).isEmpty())
                .distinct()
                .count());
    }

    private static Answer get(Future<Answer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "Asking for the repositories was interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException bug ? bug : new IllegalStateException(e.getCause());
        }
    }

    /** A student's name in a pattern may make of a good address a bad one, and older rosters may hold anything. */
    private static Optional<Answer> unsafe(String address) {
        return RepositoryText.complaint(address)
                .map(reason -> new Answer.Failed(
                        Trouble.UNSAFE_ADDRESS, "'" + RepositoryText.shown(address) + "': " + reason));
    }

    private static Answer answer(Asking asking, String address) {
        try {
            return new Answer.Reached(asking.references(address));
        } catch (SubmissionRefused refused) {
            return new Answer.Failed(Trouble.of(refused.code()), String.valueOf(refused.getMessage()));
        } catch (SystemBroke broke) {
            return new Answer.Failed(Trouble.of(broke.code()), String.valueOf(broke.getMessage()));
        } catch (RuntimeException bug) {
            // Of one address: the others are asked for all the same.
            return new Answer.Failed(
                    Trouble.BROKEN,
                    "Asking '" + RepositoryText.shown(address) + "' failed for a fault of ours: " + bug);
        }
    }

    private List<Errand> errands() {
        List<Errand> errands = new ArrayList<>();
        for (Student student : roster.students()) {
            for (CourseLab lab : labs) {
                if (!student.excused().contains(lab.id()) && !isLeftToTheTeam(student, lab)) {
                    errands.add(new Errand(student, lab));
                }
            }
        }
        return errands;
    }

    /** A team hands in together: it is enough that the repository of one member is known. */
    private boolean isLeftToTheTeam(Student student, CourseLab lab) {
        return lab.team()
                && student.team() != null
                && student.repositoryOf(lab.id()).isEmpty()
                && roster.team(student.team()).stream()
                        .anyMatch(member -> member.repositoryOf(lab.id()).isPresent());
    }
}
