package org.labharness.autograder.store;

import java.nio.file.Path;
import java.util.List;

/** Rows of an earlier version's tables, brought up to this program's in a database that is thrown away afterwards. */
public final class Upgrade implements AutoCloseable {
    private final Database upgraded;

    private Upgrade(Database upgraded) {
        this.upgraded = upgraded;
    }

    /**
     * Upgrades.
     *
     * @param folder an empty one for the throwaway database
     * @param version of the source's tables, which this program {@link Database#knows}
     */
    public static Upgrade of(TableStore.Source source, String version, Path folder) {
        DatabaseAddress address = DatabaseAddress.file(folder);
        try (Database old = Database.open(address, version)) {
            new TableStore(old).replaceAll(source, 0);
        }
        return new Upgrade(Database.open(address));
    }

    /** Tables of the version that this program works with. */
    public List<Table> tables() {
        return new TableStore(upgraded).tables();
    }

    /** Their rows. */
    public TableStore.Source source() {
        TableStore store = new TableStore(upgraded);
        return (table, reader) -> store.reading(() -> store.rows(table, reader));
    }

    @Override
    public void close() {
        upgraded.close();
    }
}
