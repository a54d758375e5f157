package org.labharness.autograder.gradebook;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.lab.Form.Combine;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.Rounding;

/**
 * What a generated course comes to, in plain loops over whole numbers: every quantity is a multiple of one over a denominator that all divisions of the
 * rules go into, which each division checks. Nothing of the program's own arithmetic is used, and the best labs are found by trying all choices.
 */
final class PlainOracle {
    /** Points, penalties, factors, averages, shares, means and weights divide it. */
    private static final BigInteger ONE = lcm(100).pow(3).multiply(BigInteger.TEN.pow(16));

    private final RawCourse raw;
    private final int student;
    private final BigInteger[] points;
    private final String[] status;
    private final boolean[] provisional;
    private final boolean[] stillTaken;
    private final int[] spent;

    BigInteger exact = BigInteger.ZERO;
    int weight = 0;
    boolean complete = true;
    private final List<BigInteger> parts = new ArrayList<>();

    PlainOracle(RawCourse raw, int student) {
        this.raw = raw;
        this.student = student;
        int labs = raw.labs.size();
        this.points = new BigInteger[labs];
        this.status = new String[labs];
        this.provisional = new boolean[labs];
        this.stillTaken = new boolean[labs];
        this.spent = new int[labs];
        int bank = RawCourse.LATE_DAYS;
        boolean[] done = new boolean[labs];
        for (int round = 0; round < labs; round++) {
            int next = -1;
            for (int lab = 0; lab < labs; lab++) {
                if (!done[lab] && (next < 0 || due(lab) < due(next))) {
                    next = lab;
                }
            }
            done[next] = true;
            lab(next, bank);
            bank -= spent[next];
        }
        int first = 0;
        for (RawCourse.Component component : raw.components) {
            component(component, first);
            first += component.labs().size();
        }
    }

    private static BigInteger lcm(int most) {
        BigInteger all = BigInteger.ONE;
        for (int i = 2; i <= most; i++) {
            BigInteger one = BigInteger.valueOf(i);
            all = all.divide(all.gcd(one)).multiply(one);
        }
        return all;
    }

    private static BigInteger hundredths(long value) {
        return times(ONE, value, 100);
    }

    /** Exactly {@code number * up / down}. */
    private static BigInteger times(BigInteger number, long up, long down) {
        BigInteger[] result = number.multiply(BigInteger.valueOf(up)).divideAndRemainder(BigInteger.valueOf(down));
        if (result[1].signum() != 0) {
            throw new AssertionError("the denominator is no multiple of " + down);
        }
        return result[0];
    }

    private long due(int lab) {
        Integer due = raw.labs.get(lab).due();
        return due == null ? Long.MAX_VALUE : due;
    }

    String status(int lab) {
        return status[lab];
    }

    boolean provisional(int lab) {
        return provisional[lab];
    }

    int spent(int lab) {
        return spent[lab];
    }

    /** Half up, to four places. */
    String points(int lab) {
        return rounded(points[lab], ONE, 4, Rounding.Mode.HALF_UP);
    }

    private int decided(int lab, Kind kind) {
        int last = Integer.MIN_VALUE;
        for (RawCourse.Decision one : raw.decisions) {
            if (one.student() == student && one.lab() == lab && one.kind() == kind && !one.back()) {
                last = one.value();
            }
        }
        return last;
    }

    private boolean is(int lab, Kind kind) {
        return decided(lab, kind) != Integer.MIN_VALUE;
    }

    private boolean mine(boolean team, int owner) {
        return team ? raw.team[student] >= 0 && raw.team[student] == owner : student == owner;
    }

    private void lab(int lab, int bank) {
        RawCourse.Lab rules = raw.labs.get(lab);
        Long due = rules.due() == null ? null : Long.valueOf(rules.due());
        if (due != null && raw.span[student][lab] != null) {
            due += raw.span[student][lab];
        }
        if (due != null && raw.until[student][lab] != null && raw.until[student][lab] > due) {
            due = Long.valueOf(raw.until[student][lab]);
        }
        Work work = new Work(lab, rules, due, bank);
        Form form = new Form(lab, rules);
        boolean set = is(lab, Kind.SET);
        BigInteger sum = set
                ? hundredths(decided(lab, Kind.SET))
                : times(work.worth.add(form.shared), is(lab, Kind.FACTOR) ? decided(lab, Kind.FACTOR) : 10_000, 10_000)
                        .add(form.own);
        for (RawCourse.Decision one : raw.decisions) {
            if (one.student() == student && one.lab() == lab && one.kind() == Kind.ADD && !one.back()) {
                sum = sum.add(hundredths(one.value()));
            }
        }
        if (sum.signum() < 0) {
            sum = BigInteger.ZERO;
        }
        BigInteger full = hundredths(of(rules));
        if (bonus(lab) == Bonus.LAB && sum.compareTo(full) > 0) {
            sum = full;
        }
        points[lab] = sum;
        boolean past = due != null && raw.now >= due + rules.grace();
        if (rules.cancelled()) {
            status[lab] = "CANCELLED";
        } else if (raw.excused[student][lab] || is(lab, Kind.EXCUSE)) {
            status[lab] = "EXCUSED";
        } else if (set) {
            status[lab] = "GRADED";
        } else if (due != null && !past) {
            status[lab] = "OPEN";
        } else if (rules.machine() > 0 && !work.counts) {
            status[lab] = work.waiting || (past && work.unread)
                    ? "WAITING"
                    : !past ? "OPEN" : form.open ? "WAITING" : "MISSING";
        } else if (form.open) {
            status[lab] = past || work.counts || form.begun ? "WAITING" : "OPEN";
        } else {
            status[lab] = "GRADED";
        }
        boolean counted = !rules.cancelled() && !status[lab].equals("EXCUSED");
        spent[lab] = counted && !set ? work.days : 0;
        provisional[lab] = counted
                && !set
                && (work.held
                        || work.waiting
                        || status[lab].equals("WAITING")
                        || (status[lab].equals("GRADED") && work.unread));
        stillTaken[lab] = counted
                && !set
                && !status[lab].equals("OPEN")
                && rules.machine() > 0
                && due != null
                && rules.closes() != null
                && raw.now < due + rules.closes()
                && !work.usedUp;
    }

    private static int of(RawCourse.Lab rules) {
        int sum = rules.machine();
        for (RawCourse.Item item : rules.items()) {
            sum += item.bonus() ? 0 : item.points();
        }
        return sum;
    }

    private Bonus bonus(int lab) {
        int first = 0;
        for (RawCourse.Component component : raw.components) {
            first += component.labs().size();
            if (lab < first) {
                return component.bonus();
            }
        }
        throw new AssertionError();
    }

    /** What was handed in. */
    private final class Work {
        BigInteger worth = BigInteger.ZERO;
        int days = 0;
        boolean counts = false;
        boolean waiting = false;
        boolean held = false;
        boolean usedUp = false;
        boolean unread = false;

        Work(int lab, RawCourse.Lab rules, @Nullable Long due, int bank) {
            List<RawCourse.Attempt> mine = new ArrayList<>();
            for (RawCourse.Attempt known : raw.attempts) {
                RawCourse.Attempt one = known;
                if (known.found() && known.minute() != null && due != null && known.minute() > due + rules.grace()) {
                    one = known.untimed();
                }
                if (one.lab() == lab && mine(one.team(), one.owner())) {
                    int at = mine.size();
                    while (at > 0 && when(mine.get(at - 1)) > when(one)) {
                        at--;
                    }
                    mine.add(at, one);
                }
            }
            long last = Long.MIN_VALUE / 2;
            int used = 0;
            for (RawCourse.Attempt one : mine) {
                if (one.minute() == null && !is(lab, Kind.IN_TIME)) {
                    waiting = true;
                    continue;
                }
                if (one.minute() == null) {
                    untimed(one, rules, used, bank);
                    used += one.state() == 0 && one.of() > 0 && !one.spared() ? 1 : 0;
                    continue;
                }
                long late = due == null || is(lab, Kind.IN_TIME) ? 0 : one.minute() - due;
                boolean isLate = late > rules.grace() && late > 0;
                int lateDays = isLate ? (int) ((late + 1439) / 1440) : 0;
                if (one.state() == 2
                        || (rules.opens() != null && one.minute() < rules.opens())
                        || (isLate && rules.closes() != null && late > rules.closes())
                        || (rules.bank() && rules.perDay() == null && lateDays > bank)
                        || one.minute() < last + rules.coolDown()
                        || (rules.mostAttempts() != null && used >= rules.mostAttempts())) {
                    continue;
                }
                if (one.state() == 1 || one.of() == 0) {
                    waiting = true;
                    continue;
                }
                if (!one.spared()) {
                    last = one.minute();
                    used++;
                }
                take(one, rules, lateDays, bank);
            }
            usedUp = rules.mostAttempts() != null && used >= rules.mostAttempts();
            for (RawCourse.NotTaken one : raw.notTaken) {
                if (one.lab() == lab && mine(one.team(), one.owner()) && one.excuses() && rules.machine() > 0) {
                    unread |= matters(one, lab, rules, due, mine);
                }
            }
        }

        /** Staff have said that it came in time. */
        private void untimed(RawCourse.Attempt one, RawCourse.Lab rules, int used, int bank) {
            if (one.state() == 2 || (rules.mostAttempts() != null && used >= rules.mostAttempts())) {
                return;
            }
            if (one.state() == 1 || one.of() == 0) {
                waiting = true;
            } else {
                take(one, rules, 0, bank);
            }
        }

        private boolean matters(
                RawCourse.NotTaken one,
                int lab,
                RawCourse.Lab rules,
                @Nullable Long due,
                List<RawCourse.Attempt> mine) {
            if (!one.pushed() && due != null && one.minute() > due) {
                return one.taken() == null || one.taken() < due;
            }
            if (one.taken() != null && one.taken() >= one.minute()) {
                return false;
            }
            if (one.pushed() || due == null || one.minute() < due) {
                for (RawCourse.Attempt attempt : mine) {
                    if (attempt.minute() != null && attempt.minute() >= one.minute()) {
                        return false;
                    }
                }
            }
            if (one.pushed() && due != null && rules.closes() != null && !is(lab, Kind.IN_TIME)) {
                long late = one.minute() - due;
                return late <= 0 || late <= rules.grace() || late <= rules.closes();
            }
            return true;
        }

        private void take(RawCourse.Attempt one, RawCourse.Lab rules, int lateDays, int bank) {
            int paid = rules.bank() && one.points() + one.bonus() > 0 ? Math.min(lateDays, bank) : 0;
            int cost = 0;
            if (rules.perDay() != null) {
                int without = Math.min(rules.perDay() * lateDays, rules.mostPercent());
                cost = Math.min(rules.perDay() * (lateDays - paid), rules.mostPercent());
                if (cost == without) {
                    paid = 0;
                }
            }
            BigInteger earned =
                    times(hundredths(one.points()), rules.machine(), one.of()).add(hundredths(one.bonus()));
            BigInteger now = times(earned, 10_000 - cost, 10_000);
            boolean better = switch (rules.counts()) {
                case BEST -> now.compareTo(worth) > 0 || (now.equals(worth) && paid < days);
                case LAST -> true;
                case LAST_IN_TIME -> lateDays == 0;
            };
            if (!counts || better) {
                worth = now;
                days = paid;
                held = one.held();
                counts = true;
            }
        }

        private long when(RawCourse.Attempt one) {
            return one.minute() == null ? Long.MAX_VALUE : one.minute();
        }
    }

    /** What people gave. */
    private final class Form {
        BigInteger shared = BigInteger.ZERO;
        BigInteger own = BigInteger.ZERO;
        boolean open = false;
        boolean begun = false;

        Form(int lab, RawCourse.Lab rules) {
            for (int item = 0; item < rules.items().size(); item++) {
                Integer[] last = new Integer[3];
                int chief = -1;
                boolean[] chiefs = new boolean[3];
                List<Integer> order = new ArrayList<>();
                for (RawCourse.Mark mark : raw.marks) {
                    if (mark.lab() == lab && mark.item() == item && mine(mark.team(), mark.owner())) {
                        last[mark.grader()] = mark.points();
                        chiefs[mark.grader()] = mark.chief();
                        order.remove(Integer.valueOf(mark.grader()));
                        order.add(mark.grader());
                    }
                }
                List<Integer> given = new ArrayList<>();
                for (int grader : order) {
                    if (last[grader] != null) {
                        given.add(last[grader]);
                        chief = chiefs[grader] ? last[grader] : chief;
                    }
                }
                boolean word = rules.combine() == Combine.CHIEF && chief >= 0;
                boolean bonus = rules.items().get(item).bonus();
                open |= !word && given.size() < rules.graders() && !(bonus && given.isEmpty());
                begun |= !given.isEmpty();
                BigInteger made = word ? hundredths(chief) : combined(rules.combine(), given);
                if (rules.items().get(item).personal()) {
                    own = own.add(made);
                } else {
                    shared = shared.add(made);
                }
            }
        }

        private BigInteger combined(Combine combine, List<Integer> given) {
            int count = given.size();
            if (count == 0) {
                return BigInteger.ZERO;
            }
            if (combine == Combine.MEDIAN) {
                int low = 0;
                int high = 0;
                for (int one : given) {
                    int below = 0;
                    int notAbove = 0;
                    for (int other : given) {
                        below += other < one ? 1 : 0;
                        notAbove += other <= one ? 1 : 0;
                    }
                    low = below <= (count - 1) / 2 && (count - 1) / 2 < notAbove ? one : low;
                    high = below <= count / 2 && count / 2 < notAbove ? one : high;
                }
                return times(hundredths(low + high), 1, 2);
            }
            long sum = 0;
            for (int one : given) {
                sum += one;
            }
            return times(hundredths(sum), 1, count);
        }
    }

    private void component(RawCourse.Component component, int first) {
        int size = component.labs().size();
        int offered = 0;
        int decided = 0;
        boolean settled = size >= component.offered();
        for (int lab = first; lab < first + size; lab++) {
            boolean counts = !status[lab].equals("EXCUSED") && !status[lab].equals("CANCELLED");
            boolean is = status[lab].equals("GRADED") || status[lab].equals("MISSING");
            offered += counts ? 1 : 0;
            decided |= is ? 1 << (lab - first) : 0;
            settled &= !provisional[lab] && !stillTaken[lab] && (is || !counts);
        }
        int best = component.best() == null ? offered : Math.min(component.best(), offered);
        int choose = Math.min(best, Integer.bitCount(decided));
        complete &= settled && (choose > 0 || best == 0);
        if (choose == 0) {
            return;
        }
        BigInteger most = BigInteger.valueOf(-1);
        for (int choice = 1; choice < 1 << size; choice++) {
            if (Integer.bitCount(choice) == choose && (choice & ~decided) == 0) {
                most = most.max(component.points() ? ratio(component, first, choice) : mean(component, first, choice));
            }
        }
        if (component.bonus() != Bonus.ABOVE) {
            most = most.min(ONE);
        }
        BigInteger earned = times(most, component.weight(), 100);
        parts.add(earned);
        exact = exact.add(earned);
        weight += component.weight();
    }

    private BigInteger mean(RawCourse.Component component, int first, int choice) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < component.labs().size(); i++) {
            if ((choice & 1 << i) != 0) {
                sum = sum.add(times(
                        times(points[first + i], 100, 1), 1, of(component.labs().get(i))));
            }
        }
        return times(sum, 1, Integer.bitCount(choice));
    }

    private BigInteger ratio(RawCourse.Component component, int first, int choice) {
        BigInteger sum = BigInteger.ZERO;
        int of = 0;
        for (int i = 0; i < component.labs().size(); i++) {
            if ((choice & 1 << i) != 0) {
                sum = sum.add(points[first + i]);
                of += of(component.labs().get(i));
            }
        }
        return times(times(sum, 100, 1), 1, of);
    }

    String total(Rounding rounding) {
        if (rounding.where() == Rounding.Where.TOTAL) {
            return rounded(exact, ONE, rounding.places(), rounding.mode());
        }
        java.math.BigDecimal sum = java.math.BigDecimal.ZERO.setScale(rounding.places());
        for (BigInteger part : parts) {
            sum = sum.add(new java.math.BigDecimal(rounded(part, ONE, rounding.places(), rounding.mode())));
        }
        return sum.toPlainString();
    }

    String percent(Rounding rounding) {
        String total = total(rounding);
        if (weight == 0 || weight == 10_000) {
            return total;
        }
        boolean parted = rounding.where() == Rounding.Where.COMPONENTS;
        BigInteger earned = parted ? new java.math.BigDecimal(total).unscaledValue() : exact;
        BigInteger unit = parted ? BigInteger.TEN.pow(rounding.places()) : ONE;
        return rounded(
                earned.multiply(BigInteger.valueOf(10_000)),
                unit.multiply(BigInteger.valueOf(weight)),
                rounding.places(),
                rounding.mode());
    }

    /** Of numbers that are not negative. */
    private static String rounded(BigInteger up, BigInteger down, int places, Rounding.Mode mode) {
        BigInteger[] whole = up.multiply(BigInteger.TEN.pow(places)).divideAndRemainder(down);
        int half = whole[1].shiftLeft(1).compareTo(down);
        boolean more = switch (mode) {
            case HALF_UP -> half >= 0;
            case HALF_EVEN -> half > 0 || (half == 0 && whole[0].testBit(0));
            case UP -> whole[1].signum() > 0;
            case DOWN -> false;
        };
        String digits = (more ? whole[0].add(BigInteger.ONE) : whole[0]).toString();
        String filled = "0".repeat(Math.max(0, places + 1 - digits.length())) + digits;
        int point = filled.length() - places;
        return places == 0 ? filled : filled.substring(0, point) + "." + filled.substring(point);
    }
}
