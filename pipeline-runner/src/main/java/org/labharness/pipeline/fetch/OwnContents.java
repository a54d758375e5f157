package org.labharness.pipeline.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.collect.dvc.Fate;
import org.labharness.pipeline.collect.dvc.OwnRemote;
import org.labharness.pipeline.collect.dvc.WantedContent;

/**
 * What of an order the harness keeps itself. It is copied, never moved: it stays where it is for the next run.
 *
 * @param held contents that are here wholly
 * @param others those that somebody has to be asked for
 */
record OwnContents(Optional<OwnRemote> own, List<WantedContent> held, List<WantedContent> others, FetchLimits limits) {
    OwnContents {
        held = List.copyOf(held);
        others = List.copyOf(others);
    }

    static OwnContents of(DataFetch.Order order) {
        List<WantedContent> held = new ArrayList<>();
        List<WantedContent> others = new ArrayList<>();
        for (WantedContent content : order.contents()) {
            boolean here = order.own()
                    .filter(own -> own.holds(content.md5(), content.listOnly()))
                    .isPresent();
            (here ? held : others).add(content);
        }
        return new OwnContents(order.own(), held, others, order.limits());
    }

    /** Puts it beside what was fetched, within the limits of all of it, and gives what became of each. */
    Map<String, Fate> copy(Path folder) {
        Map<String, Fate> fates = new LinkedHashMap<>();
        if (own.isEmpty()) {
            return fates;
        }
        OwnRemote remote = own.get();
        Set<String> copied = new LinkedHashSet<>();
        long size = 0;
        try {
            for (WantedContent content : held) {
                Set<String> sums = new LinkedHashSet<>(List.of(content.md5()));
                if (content.md5().endsWith(".dir") && !content.listOnly()) {
                    sums.addAll(remote.listed(content.md5()).orElse(List.of()));
                }
                sums.removeAll(copied);
                long more = size(remote, sums);
                if (size + more > limits.size().bytes() || copied.size() + sums.size() > limits.files()) {
                    fates.put(
                            content.path(),
                            FateWords.of("too-large", remote.shown(), Long.toString(size + more), limits));
                    continue;
                }
                for (String sum : sums) {
                    copy(remote, sum, folder);
                }
                copied.addAll(sums);
                size += more;
                fates.put(content.path(), FateWords.of("fetched", remote.shown(), "", limits));
            }
            return fates;
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "What is kept in " + remote.folder() + " cannot be copied: " + e, e);
        }
    }

    private static long size(OwnRemote remote, Set<String> sums) throws IOException {
        long size = 0;
        for (String sum : sums) {
            Optional<String> place = remote.place(sum);
            size += place.isPresent() ? Files.size(remote.folder().resolve(place.get())) : 0;
        }
        return size;
    }

    private static void copy(OwnRemote remote, String sum, Path folder) throws IOException {
        Optional<String> from = remote.place(sum);
        if (from.isPresent()) {
            Path to = folder.resolve("files/md5").resolve(sum.substring(0, 2)).resolve(sum.substring(2));
            if (!Files.exists(to)) {
                Files.createDirectories(to.getParent());
                Files.copy(remote.folder().resolve(from.get()), to);
            }
        }
    }
}
