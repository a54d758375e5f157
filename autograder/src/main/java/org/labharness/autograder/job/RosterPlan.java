package org.labharness.autograder.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact.End;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.autograder.store.RosterBatchStore.Candidate;
import org.labharness.autograder.store.RosterBatchStore.Order;
import org.labharness.autograder.store.RunStore;
import org.labharness.autograder.store.RunStore.Judgement;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/**
 * Which submissions a class is graded for, and in which order: lab by lab, those that share an environment one after the other. The
 * first of each environment come before all others, so that environments are made side by side and nobody waits for one.
 */
final class RosterPlan {
    private final CourseId course;
    private final RosterBatchStore batches;
    private final QueueStore gradings;
    private final RunStore runs;
    private final Map<LabId, Lab> labs;
    private final List<Student> students;
    private final Order order;

    /** @param labs those of the order, as they are described now */
    RosterPlan(Database database, CourseId course, Map<LabId, Lab> labs, Roster roster, Order order) {
        this.course = course;
        this.batches = new RosterBatchStore(database, course);
        this.gradings = new QueueStore(database);
        this.runs = new RunStore(database);
        this.labs = labs;
        this.students = order.asked(roster);
        this.order = order;
    }

    /**
     * A submission to grade.
     *
     * @param lab as it is described now
     * @param anew whether it is run again though a run of the same is there
     */
    record Planned(LabId id, Lab lab, Candidate candidate, boolean anew) {}

    /**
     * What is to be done.
     *
     * @param skipped how many are judged by the rubric already
     */
    record Plan(List<Planned> inOrder, int skipped) {}

    Plan make() {
        List<Planned> all = new ArrayList<>();
        int skipped = 0;
        for (Map.Entry<LabId, Lab> entry : labs.entrySet()) {
            Lab lab = entry.getValue();
            String digest = Facts.digest(lab);
            List<Planned> ofLab = new ArrayList<>();
            for (Candidate candidate : batches.candidates(entry.getKey())) {
                if (!asked(candidate)) {
                    continue;
                }
                Judgement judgement = runs.judgement(candidate.submission(), lab.digest());
                if (!order.anew() && (judgement == Judgement.WHOLE || refused(candidate, digest))) {
                    skipped++;
                } else {
                    boolean anew = order.anew() || judgement == Judgement.HELD;
                    ofLab.add(new Planned(entry.getKey(), lab, candidate, anew));
                }
            }
            all.addAll(together(ofLab));
        }
        return new Plan(all, skipped);
    }

    private boolean asked(Candidate candidate) {
        Instant since = order.since();
        Owner owner = candidate.owner();
        return students.stream().anyMatch(owner::includes)
                && (since == null || !moment(candidate).isBefore(since));
    }

    private static Instant moment(Candidate candidate) {
        @Nullable Instant received = candidate.received();
        return received == null ? candidate.noted() : received;
    }

    private boolean refused(Candidate candidate, String digest) {
        return runs.settled(candidate.submission(), digest)
                .filter(ran -> ran.end() == End.REFUSED)
                .isPresent();
    }

    private static List<Planned> together(List<Planned> ofLab) {
        Map<String, List<Planned>> shared = ofLab.stream()
                .collect(Collectors.groupingBy(
                        planned -> planned.candidate().packages(), LinkedHashMap::new, Collectors.toList()));
        List<Planned> inOrder = new ArrayList<>();
        shared.values().forEach(group -> inOrder.add(group.getFirst()));
        shared.values().forEach(group -> inOrder.addAll(group.subList(1, group.size())));
        return inOrder;
    }

    /**
     * How long gradings take.
     *
     * @param waiting those that are not over
     */
    Estimate estimate(List<Grading> waiting, int atOnce, int skipped) {
        Map<LabId, List<Duration>> took = labs.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), lab -> gradings.took(course, lab)));
        Duration work = Duration.ZERO;
        boolean measured = true;
        for (Grading grading : waiting) {
            Lab lab = labs.get(grading.lab());
            if (lab == null) {
                continue; // taken out of the course since it was asked for: it ends at once
            }
            List<Duration> ofLab = Objects.requireNonNull(took.get(grading.lab()));
            work = work.plus(Estimate.usual(ofLab, lab.limits().time()));
            measured &= Estimate.enough(ofLab);
        }
        return new Estimate(waiting.size(), work, measured, atOnce, skipped);
    }
}
