package org.labharness.autograder.gradebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.lab.Form.Combine;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Component.Bonus;

/** A generated course in bare numbers: points in hundredths, times in minutes, percents in hundredths. */
final class RawCourse {
    static final int LATE_DAYS = 4;

    /** Something that people mark. */
    record Item(int points, boolean personal, boolean bonus) {}

    record Lab(
            int machine,
            List<Item> items,
            int graders,
            Combine combine,
            @Nullable Integer opens,
            @Nullable Integer due,
            int grace,
            @Nullable Integer perDay,
            int mostPercent,
            boolean bank,
            @Nullable Integer closes,
            @Nullable Integer mostAttempts,
            int coolDown,
            Counts counts,
            boolean cancelled) {}

    record Component(int weight, @Nullable Integer best, int offered, boolean points, Bonus bonus, List<Lab> labs) {}

    /**
     * @param state 0 judged, 1 waiting, 2 refused
     * @param found whether it was found in a repository: it may have been there before
     */
    record Attempt(
            boolean team,
            int owner,
            int lab,
            @Nullable Integer minute,
            int state,
            int points,
            int of,
            int bonus,
            boolean held,
            boolean spared,
            boolean found) {
        Attempt untimed() {
            return new Attempt(team, owner, lab, null, state, points, of, bonus, held, spared, found);
        }
    }

    record Mark(
            boolean team,
            int owner,
            int lab,
            int item,
            int grader,
            boolean chief,
            @Nullable Integer points) {}

    /** @param taken the minute of what was taken last; null: nothing was */
    record NotTaken(
            boolean team,
            int owner,
            int lab,
            int minute,
            boolean pushed,
            boolean excuses,
            @Nullable Integer taken) {}

    /** @param value points in hundredths, or a factor in ten-thousandths */
    record Decision(int student, int lab, Kind kind, int value, boolean back) {}

    /** The minute of the question. */
    final int now;

    final List<Component> components;
    final List<Lab> labs = new ArrayList<>();
    final int students;
    final int[] team;
    final @Nullable Integer[][] span;
    final @Nullable Integer[][] until;
    final boolean[][] excused;
    final List<Attempt> attempts = new ArrayList<>();
    final List<Mark> marks = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final List<NotTaken> notTaken = new ArrayList<>();

    private final Random random;

    RawCourse(long seed, int students, int days) {
        this.now = days * 1440;
        this.random = new Random(seed);
        this.students = students;
        this.components = components();
        components.forEach(component -> labs.addAll(component.labs()));
        this.team = new int[students];
        this.span = new Integer[students][labs.size()];
        this.until = new Integer[students][labs.size()];
        this.excused = new boolean[students][labs.size()];
        for (int student = 0; student < students; student++) {
            team[student] = chance(70) ? student / 2 : -1;
            for (int lab = 0; lab < labs.size(); lab++) {
                student(student, lab);
            }
        }
        shuffled();
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Twelve labs; no two with the same rules. */
    private static List<Component> components() {
        Item report = new Item(1000, false, false);
        Item extra = new Item(300, false, true);
        Item viva = new Item(800, true, false);
        Item more = new Item(200, true, true);
        int day = 1440;
        return List.of(
                new Component(
                        5000,
                        4,
                        5,
                        false,
                        Bonus.LAB,
                        List.of(
                                lab(5000, List.of(), 10, "refused", null, 0, Counts.BEST),
                                lab(5000, List.of(), 20, "10 per day, grace, closes", 3, 60, Counts.BEST),
                                lab(
                                        4000,
                                        List.of(report, extra),
                                        30,
                                        "12.5 per day, most 40, bank",
                                        null,
                                        0,
                                        Counts.LAST),
                                lab(2000, List.of(viva, more), 40, "bank alone, closes", 2, 0, Counts.BEST),
                                new Lab(
                                        5000,
                                        List.of(),
                                        1,
                                        Combine.AVERAGE,
                                        null,
                                        50 * day,
                                        0,
                                        1000,
                                        10_000,
                                        true,
                                        null,
                                        null,
                                        0,
                                        Counts.BEST,
                                        true))),
                new Component(
                        2550,
                        3,
                        4,
                        true,
                        Bonus.COMPONENT,
                        List.of(
                                lab(10_000, List.of(), 55, "20 per day, bank, grace", null, 0, Counts.LAST_IN_TIME),
                                lab(5000, List.of(extra), 60, "accepted", 4, 30, Counts.LAST),
                                lab(0, List.of(report, viva, more), 65, "refused", null, 0, Counts.BEST),
                                lab(2000, List.of(), 99, "10 per day, grace, closes", null, 0, Counts.BEST))),
                new Component(
                        2450,
                        null,
                        1,
                        false,
                        Bonus.ABOVE,
                        List.of(
                                lab(
                                        3000,
                                        List.of(report, viva, extra, more),
                                        80,
                                        "7.25 per day, bank, closes",
                                        5,
                                        0,
                                        Counts.LAST_IN_TIME),
                                lab(0, List.of(new Item(3000, true, false)), null, "refused", null, 0, Counts.BEST),
                                lab(5000, List.of(), 120, "refused", null, 0, Counts.BEST))));
    }

    private static Lab lab(
            int machine,
            List<Item> items,
            @Nullable Integer due,
            String late,
            @Nullable Integer most,
            int coolDown,
            Counts counts) {
        String first = late.split(" ", -1)[0];
        boolean named = first.equals("refused") || first.equals("accepted") || first.equals("bank");
        return new Lab(
                machine,
                items,
                1 + items.size() % 3,
                List.of(Combine.AVERAGE, Combine.MEDIAN, Combine.CHIEF).get(items.size() % 3),
                due == null ? null : (due - 15) * 1440,
                due == null ? null : due * 1440,
                late.contains("grace") ? 30 : 0,
                named ? null : (int) Math.round(Double.parseDouble(first) * 100),
                late.contains("most 40") ? 4000 : 10_000,
                late.contains("bank"),
                late.contains("refused")
                        ? Integer.valueOf(0)
                        : late.contains("closes") ? Integer.valueOf(3 * 1440) : null,
                most,
                coolDown,
                counts,
                false);
    }

    private void student(int student, int lab) {
        Integer due = labs.get(lab).due();
        if (chance(8)) {
            span[student][lab] = 60 * (1 + random.nextInt(100));
        } else if (chance(4) && due != null) {
            until[student][lab] = due + 60 * (random.nextInt(100) - 30);
        }
        excused[student][lab] = chance(3);
        for (int i = random.nextInt(5); i > 0 && labs.get(lab).machine() > 0; i--) {
            attempt(student, lab);
        }
        for (int i = 0; i < 2; i++) {
            if (chance(8)) {
                notTaken(student, lab);
            }
        }
        for (int item = 0; item < labs.get(lab).items().size(); item++) {
            for (int grader = 0; grader < 3; grader++) {
                mark(student, lab, item, grader);
            }
        }
        for (int i = 0; i < 2; i++) {
            if (chance(6)) {
                decision(student, lab);
            }
        }
    }

    private void attempt(int student, int lab) {
        Lab rules = labs.get(lab);
        int around = rules.due() == null ? now - 1440 : rules.due();
        Integer minute = chance(1) ? null : Integer.valueOf(around + random.nextInt(15 * 1440) - 11 * 1440);
        if (chance(3)) {
            minute = around - 16 * 1440;
        } else if (chance(25) && !attempts.isEmpty()) {
            Attempt last = attempts.getLast();
            minute = last.lab() == lab && last.minute() != null
                    ? Integer.valueOf(last.minute() + random.nextInt(90))
                    : minute;
        }
        int of = chance(20) ? rules.machine() - 100 * random.nextInt(1 + rules.machine() / 100) : rules.machine();
        int points = chance(10) ? of : of == 0 ? 0 : random.nextInt(of + 1);
        boolean shared = chance(30) && team[student] >= 0;
        int state = chance(90) ? 0 : 1 + random.nextInt(2);
        boolean held = state == 0 && chance(5);
        attempts.add(new Attempt(
                shared,
                shared ? team[student] : student,
                lab,
                minute,
                state,
                points,
                of,
                chance(15) ? random.nextInt(600) : 0,
                held,
                held || chance(3),
                chance(10)));
    }

    private void notTaken(int student, int lab) {
        Lab rules = labs.get(lab);
        int around = rules.due() == null ? now - 1440 : rules.due();
        int minute = chance(50) ? around : around + random.nextInt(15 * 1440) - 11 * 1440;
        boolean shared = chance(30) && team[student] >= 0;
        notTaken.add(new NotTaken(
                shared,
                shared ? team[student] : student,
                lab,
                minute,
                chance(50),
                chance(60),
                chance(40) ? Integer.valueOf(minute + random.nextInt(4 * 1440) - 2 * 1440) : null));
    }

    private void mark(int student, int lab, int item, int grader) {
        if (chance(12)) {
            return;
        }
        Item marked = labs.get(lab).items().get(item);
        boolean shared = !marked.personal() && team[student] >= 0;
        Integer points = chance(3) ? null : Integer.valueOf(25 * random.nextInt(marked.points() / 25 + 1));
        marks.add(new Mark(
                shared, shared ? team[student] : student, lab, item, grader, grader == 2 || chance(5), points));
        if (chance(5)) {
            mark(student, lab, item, grader);
        }
    }

    private void decision(int student, int lab) {
        Kind kind = one(Kind.values());
        int value = switch (kind) {
            case SET -> random.nextInt(6000);
            case ADD -> random.nextInt(2000) - 1000;
            case FACTOR -> random.nextInt(15_000);
            case EXCUSE, IN_TIME, COMMENT -> 0;
        };
        decisions.add(new Decision(student, lab, kind, value, chance(20)));
    }

    /** Facts of different people come in any order; those of the same one as well. */
    private void shuffled() {
        java.util.Collections.shuffle(attempts, random);
        java.util.Collections.shuffle(marks, random);
        java.util.Collections.shuffle(decisions, random);
        java.util.Collections.shuffle(notTaken, random);
    }
}
