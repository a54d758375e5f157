package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.file.Files;
import java.util.NavigableMap;
import org.eclipse.jgit.lib.ObjectId;

/** Writes the refs of a new repository at once, whatever their names are: as files of their own one name could stand in another's way. */
final class PackedRefs {
    private PackedRefs() {}

    /** @param refs by full name, in the order of their names */
    static void write(CappedRepository repository, NavigableMap<String, ObjectId> refs) throws IOException {
        StringBuilder text = new StringBuilder("# pack-refs with: sorted \n");
        refs.forEach(
                (name, id) -> text.append(id.name()).append(' ').append(name).append('\n'));
        Files.writeString(repository.getDirectory().toPath().resolve("packed-refs"), text);
        repository.getRefDatabase().refresh();
    }
}
