package org.labharness.pipeline.checkout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.HistoryFacts.Author;

/** Who committed how often. One person may have several addresses, or write a name in several ways: what shares either is one. */
final class Authors {
    private static final int MOST = 200;
    private static final int LISTED = 30;
    private static final int LONGEST = 60;

    private final Map<String, Person> byKey = new HashMap<>();
    private final List<Person> all = new ArrayList<>();

    private static final class Person {
        private final String name;
        private int commits;

        Person(String name) {
            this.name = name;
        }
    }

    void add(@Nullable PersonIdent ident) {
        if (ident == null) {
            return;
        }
        String name = "n " + plain(ident.getName()).toLowerCase(Locale.ROOT);
        String address = "a " + ident.getEmailAddress().strip().toLowerCase(Locale.ROOT);
        Person person = byKey.get(address);
        if (person == null) {
            person = byKey.get(name);
        }
        if (person == null) {
            if (all.size() >= MOST) {
                return;
            }
            person = new Person(plain(ident.getName()));
            all.add(person);
        }
        person.commits++;
        byKey.putIfAbsent(address, person);
        byKey.putIfAbsent(name, person);
    }

    List<Author> busiest() {
        return all.stream()
                .sorted(Comparator.comparingInt((Person person) -> -person.commits)
                        .thenComparing(person -> person.name))
                .limit(LISTED)
                .map(person -> new Author(person.name, person.commits))
                .toList();
    }

    /** One line without control characters, cut. */
    static String plain(String text) {
        String line = line(text);
        return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
    }

    /** The same with up to a thousand characters. */
    static String line(String text) {
        String start = text.length() > 1_000 ? text.substring(0, 1_000) : text;
        return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }
}
