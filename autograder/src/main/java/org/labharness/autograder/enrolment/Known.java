package org.labharness.autograder.enrolment;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;

/** Finds students of the roster by what other systems call them. */
final class Known {
    private final Map<String, Student> byId = new HashMap<>();
    private final Map<String, Student> bySpelling = new HashMap<>();
    private final Map<String, Student> byMail = new HashMap<>();
    private final Map<String, Student> byName = new HashMap<>();
    private final Set<String> shared = new HashSet<>();

    Known(Roster roster) {
        for (Student student : roster.students()) {
            byId.put(student.id().value(), student);
            bySpelling.put(plain(student.id().value()), student);
            String mail = student.mail();
            if (mail != null) {
                unlessShared(byMail, plain(mail), student);
            }
            unlessShared(byName, plain(student.name()), student);
        }
        shared.forEach(byMail::remove);
        shared.forEach(byName::remove);
    }

    private void unlessShared(Map<String, Student> map, String key, Student student) {
        if (map.put(key, student) != null) {
            shared.add(key);
        }
    }

    /** What is the same for people, however its letters are written: upper or lower case, composed or not, wide or narrow. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
    }

    boolean nobody() {
        return byId.isEmpty();
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    List<String> ids() {
        return byId.keySet().stream().sorted().toList();
    }

    Optional<Student> student(StudentId id) {
        return Optional.ofNullable(byId.get(id.value()));
    }

    /** Somebody else whose id is the same but for how its letters are written. */
    Optional<StudentId> spelledOtherwise(StudentId id) {
        return byId.containsKey(id.value())
                ? Optional.empty()
                : Optional.ofNullable(bySpelling.get(plain(id.value()))).map(Student::id);
    }

    /** The only student with this mail address. */
    Optional<StudentId> byMail(String mail) {
        return Optional.ofNullable(byMail.get(plain(mail))).map(Student::id);
    }

    /** The student who has this id, or alone this mail address or name, also with the last name in front. */
    Optional<StudentId> byAnything(String text) {
        String plain = plain(text);
        return Optional.ofNullable(bySpelling.get(plain))
                .or(() -> Optional.ofNullable(byMail.get(plain)))
                .or(() -> Optional.ofNullable(byName.get(plain)))
                .or(() -> Optional.ofNullable(byName.get(plain(FullName.lastFirst(text)))))
                .map(Student::id);
    }
}
