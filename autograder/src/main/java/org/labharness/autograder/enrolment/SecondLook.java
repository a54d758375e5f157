package org.labharness.autograder.enrolment;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;

/** What is no fault of a table but may be an oversight: addresses that two students share, teams that are one for everybody who reads. */
final class SecondLook {
    private SecondLook() {}

    static void at(Collection<Student> named, Remarks remarks) {
        mails(named, remarks);
        teams(named, remarks);
    }

    private static void mails(Collection<Student> named, Remarks remarks) {
        Map<String, StudentId> owners = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (Student student : named) {
            String mail = student.mail();
            if (mail != null) {
                StudentId other = owners.putIfAbsent(Known.plain(mail), student.id());
                if (other != null && told.add(mail)) {
                    remarks.note(0, other + " and " + student.id() + " have the same mail address " + mail + ".");
                }
            }
        }
    }

    private static void teams(Collection<Student> named, Remarks remarks) {
        Map<String, TeamId> spellings = new HashMap<>();
        for (Student student : named) {
            TeamId team = student.team();
            if (team != null) {
                TeamId first = spellings.putIfAbsent(Known.plain(team.value()), team);
                if (first != null && !first.equals(team)) {
                    remarks.note(
                            0,
                            "the teams '" + first + "' and '" + team + "' differ only in how they are written, so they"
                                    + " are two. Are they meant to be one?");
                }
            }
        }
    }
}
