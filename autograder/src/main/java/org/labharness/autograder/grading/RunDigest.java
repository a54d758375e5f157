package org.labharness.autograder.grading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.labharness.lab.Check;
import org.labharness.lab.HiddenData;
import org.labharness.lab.Lab;
import org.labharness.lab.LabInput;
import org.labharness.lab.Sha256;

/** What identifies a run apart from the submission: what is to be run, under which limits, with which data, by which images. */
final class RunDigest {
    private RunDigest() {}

    /** What the lab's checks need collected, each request once, sorted. */
    static List<String> requests(Lab lab) {
        return List.copyOf(new TreeSet<>(
                lab.checks().stream().flatMap(check -> requests(check).stream()).toList()));
    }

    static List<String> requests(Check check) {
        return check.spec().needs().stream().map(CanonicalText::of).sorted().toList();
    }

    /** SHA-256 (hex) over everything of a lab that decides what happens in a run; points and titles do not. */
    static String of(Lab lab) {
        MessageDigest digest = Sha256.begin();
        add(digest, CanonicalText.of(lab.run()));
        add(digest, CanonicalText.of(lab.limits()));
        add(digest, CanonicalText.of(lab.environment()));
        add(digest, String.valueOf(lab.opens()));
        requests(lab).forEach(request -> add(digest, request));
        for (LabInput input : lab.inputs()) {
            file(digest, lab, input.target(), input.source());
        }
        for (HiddenData data : lab.hidden()) {
            add(digest, CanonicalText.of(data));
            file(digest, lab, data.id(), data.source().path());
        }
        new TreeSet<>(lab.checks().stream()
                        .flatMap(check -> check.spec().labFiles().stream())
                        .toList())
                .forEach(name -> file(digest, lab, name, name));
        return Sha256.hex(digest);
    }

    /** SHA-256 (hex) over the images' names, which carry what is in them. */
    static String images(Map<String, String> images) {
        MessageDigest digest = Sha256.begin();
        new TreeMap<>(images).forEach((role, name) -> add(digest, role + "=" + name));
        return Sha256.hex(digest);
    }

    private static void file(MessageDigest digest, Lab lab, String name, String path) {
        try {
            byte[] content = Files.readAllBytes(lab.folder().resolve(path));
            add(digest, name + " " + content.length);
            digest.update(content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + " of the lab " + lab.id(), e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\0").getBytes(StandardCharsets.UTF_8));
    }
}
